import { randomBytes } from 'node:crypto';
import { Batch } from './batch.ts';
import { type EncryptionContext, publicKeyName, reservedPrefix } from './context.ts';
import { deriveKeys, headerTag } from './derive.ts';
import { Frames, finalMark, longestBlock } from './frame.ts';
import { type Header, messageIdLength, writeHeader } from './header.ts';
import type { Keyring } from './keyring.ts';
import { defaultSuite, mustSealWith, type Policy } from './policy.ts';
import { Reader } from './reader.ts';
import { Signer } from './signing.ts';
import type { SuiteName } from './suites.ts';
import { wrapNew } from './wrap.ts';

export interface SealOptions {
  /** Default `0578`: AES-256, bound to its key, signed. `0478` is the same without the signature, and faster. */
  readonly suite?: SuiteName;
  /** Bytes of text in a frame, 1 to 4,294,967,295; default 65,536. 0 makes a single block, whose `length` must be given. */
  readonly frameLength?: number;
  /** Authenticated with the message, and stored in its header in the open; at most 65,535 bytes. */
  readonly context?: EncryptionContext;
  /** Keys of `context` that are authenticated but not stored: who opens must bring them. */
  readonly requiredKeys?: readonly string[];
  /** Default `require-require`. */
  readonly commitment?: Policy;
  /** How many wrapped data keys the header may have at most. */
  readonly maxDataKeys?: number;
  /** How many bytes the source has; an error where it has more or fewer. */
  readonly length?: number;
}

export const defaultFrameLength = 65_536;

/**
 * Seals a stream so that any one of the keyrings opens it. The source must leave its pieces alone once it has given them.
 * @throws EnvelopeError `suite` where the policy refuses it; RangeError for options out of bounds; what a keyring throws
 */
export async function* seal(
  source: AsyncIterable<Uint8Array>,
  keyrings: readonly Keyring[],
  options: SealOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new Reader(source);
  try {
    const { header, contentKey, unstored, signer } = await prepare(keyrings, options);
    const start = writeHeader(header);
    const head = Buffer.concat([start, headerTag(header.suite, contentKey, start, unstored)]);
    signer?.update(head);
    yield head;
    const frames = new Frames(header, contentKey);
    for await (const bytes of sealBody(reader, frames, header.frameLength, options.length)) {
      signer?.update(bytes);
      yield bytes;
    }
    if (signer) yield signer.footer();
  } finally {
    await reader.close();
  }
}

/** All that is known before the first byte of text. */
async function prepare(keyrings: readonly Keyring[], options: SealOptions) {
  const { frameLength = defaultFrameLength, commitment = 'require-require', maxDataKeys = 65_535 } = options;
  const suite = mustSealWith(options.suite ?? defaultSuite(commitment).name, commitment);
  checkLengths(frameLength, options.length);
  const signer = suite.signature && new Signer(suite.signature);
  const { stored, unstored } = divide(options);
  const context = signer ? { ...stored, [publicKeyName]: signer.publicKey } : stored;
  const { plaintext, wrapped } = await wrapNew(keyrings, suite, { ...context, ...unstored });
  if (wrapped.length > maxDataKeys) {
    throw new RangeError(`${wrapped.length} data keys, more than the ${maxDataKeys} that are allowed`);
  }
  const messageId = randomBytes(messageIdLength[suite.version]);
  const keys = deriveKeys(suite, plaintext, messageId);
  const header: Header = { suite, messageId, context, wrapped, frameLength, commitKey: keys.commit };
  return { header, contentKey: keys.content, unstored, signer };
}

function checkLengths(frameLength: number, length?: number): void {
  if (!Number.isInteger(frameLength) || frameLength < 0 || frameLength > 0xffff_ffff) {
    throw new RangeError(`a frame is 0 to 4294967295 bytes long, not ${frameLength}`);
  }
  if (frameLength > 0) return;
  if (length === undefined) throw new RangeError('a single block needs the length of its text');
  if (length > longestBlock)
    throw new RangeError(`a single block is at most ${longestBlock} bytes long, not ${length}`);
}

/** The context's stored pairs, and those that are authenticated only. */
function divide({ context = {}, requiredKeys = [] }: SealOptions) {
  const reserved = Object.keys(context).find((key) => key.startsWith(reservedPrefix));
  if (reserved !== undefined)
    throw new RangeError(`context "${reserved}" begins with "${reservedPrefix}", which is the format's own`);
  const missing = requiredKeys.find((key) => !Object.hasOwn(context, key));
  if (missing !== undefined) throw new RangeError(`context "${missing}" is required, and not given`);
  const pairs = Object.entries(context);
  const required = new Set(requiredKeys);
  return {
    stored: Object.fromEntries(pairs.filter(([key]) => !required.has(key))),
    unstored: Object.fromEntries(pairs.filter(([key]) => required.has(key))),
  };
}

const sealBody = (reader: Reader, frames: Frames, frameLength: number, length?: number) =>
  frameLength === 0 ? sealBlock(reader, frames, length!) : sealFrames(reader, frames, frameLength, length);

/** The text in frames of one length, and what is left in the final one: an empty one only where there is no text at all. */
async function* sealFrames(
  reader: Reader,
  frames: Frames,
  frameLength: number,
  length?: number,
): AsyncGenerator<Uint8Array> {
  const batch = new Batch();
  let sequence = 1;
  const frame = (final: boolean) => {
    const text = final ? reader.length : frameLength;
    const cipher = frames.sealing(final ? 'Final Frame' : 'Frame', sequence, text);
    batch.add(frameStart(sequence, final, text));
    for (const piece of reader.take(text)) batch.add(cipher.update(piece));
    cipher.final();
    batch.add(cipher.getAuthTag());
    sequence += 1;
  };
  do {
    while (reader.length > frameLength && !batch.full) {
      if (sequence === finalMark) throw new RangeError('too many frames for one message');
      frame(false);
    }
    yield* batch.empty();
  } while (reader.length > frameLength || (await reader.more()));
  const total = (sequence - 1) * frameLength + reader.length;
  if (length !== undefined && length !== total) throw wrongLength(length);
  frame(true);
  yield* batch.empty();
}

/** A frame's number and IV; the final one is marked, and says how long it is. */
function frameStart(sequence: number, final: boolean, length: number): Buffer {
  const start = Buffer.alloc(final ? 24 : 16);
  const at = final ? start.writeUInt32BE(finalMark) : 0;
  start.writeUInt32BE(sequence, at);
  start.writeUInt32BE(sequence, at + 12);
  if (final) start.writeUInt32BE(length, at + 16);
  return start;
}

/** The text as one block, under one tag; its IV is 1, as a first frame's. */
async function* sealBlock(reader: Reader, frames: Frames, length: number): AsyncGenerator<Uint8Array> {
  const cipher = frames.sealing('Single Block', 1, length);
  const start = Buffer.alloc(20);
  start.writeUInt32BE(1, 8);
  start.writeBigUInt64BE(BigInt(length), 12);
  yield start;
  let missing = length;
  while (await reader.more()) {
    missing -= reader.length;
    if (missing < 0) throw wrongLength(length);
    for (const piece of reader.take(reader.length)) yield cipher.update(piece);
  }
  if (missing > 0) throw wrongLength(length);
  cipher.final();
  yield cipher.getAuthTag();
}

const wrongLength = (length: number) => new RangeError(`the text is not ${length} bytes long, as was said`);
