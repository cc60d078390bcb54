import { timingSafeEqual } from 'node:crypto';
import { type EncryptionContext, publicKeyName } from './context.ts';
import { checkHeaderTag, deriveKeys } from './derive.ts';
import { EnvelopeError } from './errors.ts';
import { Frames } from './frame.ts';
import { type Header, readHeader, type SealedHeader } from './header.ts';
import type { Keyring } from './keyring.ts';
import { unwrapFirst } from './materials.ts';
import { openBlock, openFrames } from './open-body.ts';
import { mustOpen, type Policy } from './policy.ts';
import { Reader } from './reader.ts';
import { Verifier } from './signing.ts';

export interface OpenOptions {
  /** Default `require-require`: only messages that are bound to their key. */
  readonly commitment?: Policy;
  /** Pairs the message must have been sealed with: those stored must be equal, the others are what `requiredKeys` left out. */
  readonly context?: EncryptionContext;
  /** Refuses a header with more wrapped data keys. */
  readonly maxDataKeys?: number;
  /**
   * A single block has its only tag at its end, so it is held in memory until that is verified. True gives it out before, all but its last piece: for those
   * who write where nobody reads until the end, like a file that is renamed then.
   */
  readonly unverified?: boolean;
  /**
   * True gives out the same memory again: a piece is good until the next but one is asked for. Faster, for those who write one piece while the next is made.
   */
  readonly reuse?: boolean;
}

export interface Opened {
  /** Authenticated. */
  readonly header: Header;
  /** The stored context and what the caller brought. */
  readonly context: EncryptionContext;
  /** Throws EnvelopeError. The last frame is given out only after the signature is verified; nothing is final before the end. To be read once. */
  readonly plaintext: AsyncIterable<Uint8Array>;
}

/**
 * Opens a message with the first keyring that fits. The source must leave a piece alone until the next but one is asked for.
 * @throws EnvelopeError; what a keyring threw, where no other opened it
 */
export async function open(
  source: AsyncIterable<Uint8Array>,
  keyrings: readonly Keyring[],
  options: OpenOptions = {},
): Promise<Opened> {
  const reader = new Reader(source);
  try {
    const sealed = await readHeader(reader, options.maxDataKeys);
    const { header } = sealed;
    mustOpen(header.suite, options.commitment ?? 'require-require');
    const unstored = broughtAlong(header.context, options.context ?? {});
    const context = { ...header.context, ...unstored };
    const verifier = verifierOf(sealed);
    const contentKey = await contentKeyOf(sealed, keyrings, context, unstored);
    return { header, context, plaintext: text(reader, sealed, contentKey, verifier, options) };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

/**
 * The expected pairs that are not stored.
 * @throws EnvelopeError `context` where a stored one is another
 */
function broughtAlong(stored: EncryptionContext, expected: EncryptionContext): EncryptionContext {
  const pairs = Object.entries(expected);
  if (pairs.some(([key, value]) => Object.hasOwn(stored, key) && stored[key] !== value)) {
    throw new EnvelopeError('context');
  }
  return Object.fromEntries(pairs.filter(([key]) => !Object.hasOwn(stored, key)));
}

/** A message is signed if, and only if, its suite says so: else the one could be made of the other. */
function verifierOf({ header }: SealedHeader): Verifier | undefined {
  const { signature } = header.suite;
  const publicKey = header.context[publicKeyName];
  if ((signature === undefined) !== (publicKey === undefined)) throw new EnvelopeError('header');
  return signature && new Verifier(signature, publicKey!);
}

async function contentKeyOf(
  sealed: SealedHeader,
  keyrings: readonly Keyring[],
  context: EncryptionContext,
  unstored: EncryptionContext,
): Promise<Uint8Array> {
  const { suite, wrapped, messageId, commitKey } = sealed.header;
  try {
    const dataKey = await unwrapFirst(keyrings, wrapped, suite, context);
    if (dataKey?.length !== suite.keyLength) throw new EnvelopeError('no key fits');
    const keys = deriveKeys(suite, dataKey, messageId);
    if (keys.commit && !timingSafeEqual(keys.commit, commitKey!)) throw new EnvelopeError('commitment');
    checkHeaderTag(sealed, keys.content, unstored);
    return keys.content;
  } catch (error) {
    throw contextInstead(error, unstored);
  }
}

/** Where pairs were expected that are not in the header, those are the likely cause: they are part of what a tag covers. */
function contextInstead(error: unknown, unstored: EncryptionContext): unknown {
  const maybe = error instanceof EnvelopeError && (error.damage === 'header' || error.damage === 'no key fits');
  return maybe && Object.keys(unstored).length > 0 ? new EnvelopeError('context', { cause: error }) : error;
}

async function* text(
  reader: Reader,
  { header, bytes, iv, tag }: SealedHeader,
  contentKey: Uint8Array,
  verifier: Verifier | undefined,
  { unverified = false, reuse = false }: OpenOptions,
): AsyncGenerator<Uint8Array> {
  if (verifier) {
    for (const part of header.suite.version === 1 ? [bytes, iv, tag] : [bytes, tag]) verifier.update(part);
    reader.watch(verifier);
  }
  const frames = new Frames(header, contentKey);
  const verified = () => checkEnd(reader, verifier);
  try {
    if (header.frameLength === 0) yield* openBlock(reader, frames, verified, unverified);
    else yield* openFrames(reader, frames, header.frameLength, verified, { holdBack: verifier !== undefined, reuse });
  } finally {
    await verifier?.close();
    await reader.close();
  }
}

/** What follows the body: the signature of a signed message, and nothing more. */
async function checkEnd(reader: Reader, verifier: Verifier | undefined): Promise<void> {
  reader.unwatch();
  const signature = verifier && (await reader.exactly((await reader.exactly(2)).readUInt16BE()));
  if (!(await reader.ended())) throw new EnvelopeError(verifier ? 'signature' : 'body');
  await verifier?.check(signature!);
}
