import { type EncryptionContext, parseContext, serialiseContext } from './context.ts';
import { EnvelopeError } from './errors.ts';
import type { WrappedKey } from './keyring.ts';
import type { Reader } from './reader.ts';
import { type Suite, suiteOf } from './suites.ts';

/** What stands before a message's body. Its tag covers all of it. */
export interface Header {
  /** Says the version of the format too. */
  readonly suite: Suite;
  /** Random; 16 bytes, or 32 in version 2. */
  readonly messageId: Uint8Array;
  /** As stored: without what is only authenticated. */
  readonly context: EncryptionContext;
  /** The data key, sealed to each who may open the message. At least one. */
  readonly wrapped: readonly WrappedKey[];
  /** The length of a frame's text in bytes; 0 where the body is a single block. */
  readonly frameLength: number;
  /** Version 2: what the data key must derive to, 32 bytes. */
  readonly commitKey?: Uint8Array;
}

/** A header as read: the bytes that its tag covers, and the tag. */
export interface SealedHeader {
  readonly header: Header;
  readonly bytes: Uint8Array;
  /** 12 bytes; zeros in version 2, where it is not stored. */
  readonly iv: Uint8Array;
  readonly tag: Uint8Array;
  /** How long header and tag are together, in bytes. */
  readonly length: number;
}

export const messageIdLength = { 1: 16, 2: 32 } as const;
const ivLength = 12;
const tagLength = 16;
const commitKeyLength = 32;

/** The type of every version 1 message: "customer authenticated encrypted data". */
const messageType = 0x80;
const contentType = { single: 1, framed: 2 } as const;

/**
 * The bytes that the tag covers, as the message format specification has them (data-format/message-header.md).
 * @throws RangeError for a part that is too long for its length field
 */
export function writeHeader({ suite, messageId, context, wrapped, frameLength, commitKey }: Header): Buffer {
  const contextBytes = serialiseContext(context);
  const type = Buffer.of(frameLength === 0 ? contentType.single : contentType.framed);
  return Buffer.concat([
    suite.version === 1 ? Buffer.of(1, messageType) : Buffer.of(2),
    uint16(suite.id),
    messageId,
    ...[uint16(contextBytes.length), contextBytes],
    uint16(wrapped.length),
    ...wrapped.flatMap(({ provider, info, ciphertext }) => [
      ...field(Buffer.from(provider)),
      ...field(info),
      ...field(ciphertext),
    ]),
    type,
    ...(suite.version === 1 ? [Buffer.of(0, 0, 0, 0, ivLength)] : []),
    uint32(frameLength),
    ...(commitKey ? [commitKey] : []),
  ]);
}

const field = (bytes: Uint8Array): Uint8Array[] => [uint16(bytes.length), bytes];

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/**
 * Reads a header; takes no byte behind its tag. Accepts only what `writeHeader` would write.
 * @throws EnvelopeError `header`, `suite`, `truncated`
 */
export async function readHeader(reader: Reader, maxDataKeys = Number.POSITIVE_INFINITY): Promise<SealedHeader> {
  const taken: Buffer[] = [];
  const bytes = async (length: number) => {
    const part = await reader.exactly(length);
    taken.push(part);
    return part;
  };
  const uint16 = async () => (await bytes(2)).readUInt16BE();
  const field = async () => bytes(await uint16());

  const version = (await bytes(1))[0]!;
  need(version === 2 || (version === 1 && (await bytes(1))[0] === messageType));
  const suite = suiteOf(await uint16());
  need(suite.version === version);
  const messageId = await bytes(messageIdLength[suite.version]);
  const context = parseContext(await field());

  const count = await uint16();
  need(count > 0 && count <= maxDataKeys);
  const wrapped: WrappedKey[] = [];
  while (wrapped.length < count) {
    wrapped.push({ provider: text(await field()), info: await field(), ciphertext: await field() });
  }

  const [type] = await bytes(1);
  need(type === contentType.single || type === contentType.framed);
  if (suite.version === 1) need((await bytes(5)).equals(Buffer.of(0, 0, 0, 0, ivLength)));
  const frameLength = (await bytes(4)).readUInt32BE();
  need((frameLength === 0) === (type === contentType.single));
  const commitKey = suite.version === 2 ? await bytes(commitKeyLength) : undefined;

  const covered = Buffer.concat(taken);
  const iv = suite.version === 1 ? await bytes(ivLength) : Buffer.alloc(ivLength);
  const tag = await bytes(tagLength);
  const header: Header = { suite, messageId, context, wrapped, frameLength, commitKey };
  const length = covered.length + tagLength + (suite.version === 1 ? ivLength : 0);
  return { header, bytes: covered, iv, tag, length };
}

function need(ok: boolean): void {
  if (!ok) throw new EnvelopeError('header');
}

function text(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  need(Buffer.from(text, 'utf8').equals(bytes));
  return text;
}
