import { randomBytes } from 'node:crypto';
import { type EncryptionContext, reservedPrefix } from './context.ts';
import { deriveKeys, headerTag } from './derive.ts';
import { Frames, longestBlock } from './frame.ts';
import { type Header, messageIdLength, writeHeader } from './header.ts';
import type { Keyring, WrappedKey } from './keyring.ts';
import { materialsFor } from './materials.ts';
import { defaultSuite, mustSealWith, type Policy } from './policy.ts';
import { Reader } from './reader.ts';
import { sealBlock, sealFrames } from './seal-body.ts';
import { Signer, signed } from './signing.ts';
import type { Suite, SuiteName } from './suites.ts';

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
  /**
   * True gives out the same memory again: a piece is good until the next but one is asked for. Faster, for those who write one piece while the next is made.
   */
  readonly reuse?: boolean;
}

export const defaultFrameLength = 65_536;

/**
 * Seals a stream so that any one of the keyrings opens it. The source must leave a piece alone until the next but one is asked for.
 * @throws EnvelopeError `suite` where the policy refuses it; RangeError for options out of bounds; what a keyring throws
 */
export async function* seal(
  source: AsyncIterable<Uint8Array>,
  keyrings: readonly Keyring[],
  options: SealOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new Reader(source);
  try {
    yield* sealMessage(reader, await prepare(keyrings, options), options);
  } finally {
    await reader.close();
  }
}

/** All that is known before the first byte of text. */
export interface Prepared {
  readonly header: Header;
  readonly contentKey: Uint8Array;
  /** The pairs that are authenticated only. */
  readonly unstored: EncryptionContext;
  readonly signer: Signer | undefined;
}

/** The message whose text the reader has. */
export async function* sealMessage(
  reader: Reader,
  { header, contentKey, unstored, signer }: Prepared,
  options: Pick<SealOptions, 'length' | 'reuse'> = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const start = writeHeader(header);
  const head = Buffer.concat([start, headerTag(header.suite, contentKey, start, unstored)]);
  yield* signed(head, sealBody(reader, new Frames(header, contentKey), header.frameLength, options), signer);
}

const sealBody = (reader: Reader, frames: Frames, frameLength: number, { length, reuse = false }: SealOptions) =>
  frameLength === 0 ? sealBlock(reader, frames, length!) : sealFrames(reader, frames, frameLength, reuse, length);

async function prepare(keyrings: readonly Keyring[], options: SealOptions): Promise<Prepared> {
  const { frameLength = defaultFrameLength, commitment = 'require-require', maxDataKeys = 65_535 } = options;
  const suite = mustSealWith(options.suite ?? defaultSuite(commitment).name, commitment);
  checkLengths(frameLength, options.length);
  if (keyrings.length === 0) throw new RangeError('there is no keyring to seal with');
  const { given, unstored } = checkContext(options);
  const { context, dataKey, wrapped, signer } = await materialsFor(keyrings, suite, given, options.length);
  checkKeys(suite, dataKey, wrapped, maxDataKeys);
  const messageId = randomBytes(messageIdLength[suite.version]);
  const keys = deriveKeys(suite, dataKey, messageId);
  const stored = Object.fromEntries(Object.entries(context).filter(([key]) => !Object.hasOwn(unstored, key)));
  const header: Header = { suite, messageId, context: stored, wrapped, frameLength, commitKey: keys.commit };
  return {
    header,
    contentKey: keys.content,
    unstored,
    signer: suite.signature && new Signer(suite.signature, signer!),
  };
}

function checkKeys(suite: Suite, dataKey: Uint8Array, wrapped: readonly WrappedKey[], most: number): void {
  if (dataKey.length !== suite.keyLength) {
    throw new RangeError(`a keyring made a data key of ${dataKey.length} bytes, not ${suite.keyLength}`);
  }
  if (wrapped.length === 0) throw new RangeError('no keyring wrapped the data key');
  if (wrapped.length > most)
    throw new RangeError(`${wrapped.length} data keys, more than the ${most} that are allowed`);
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

/** The context that is given, and those of its pairs that are authenticated only. */
function checkContext({ context = {}, requiredKeys = [] }: SealOptions) {
  const reserved = Object.keys(context).find((key) => key.startsWith(reservedPrefix));
  if (reserved !== undefined) {
    throw new RangeError(`context "${reserved}" begins with "${reservedPrefix}", which is the format's own`);
  }
  const missing = requiredKeys.find((key) => !Object.hasOwn(context, key));
  if (missing !== undefined) throw new RangeError(`context "${missing}" is required, and not given`);
  return { given: context, unstored: Object.fromEntries(requiredKeys.map((key) => [key, context[key]!])) };
}
