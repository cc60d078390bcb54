import { timingSafeEqual } from 'node:crypto';
import { type EncryptionContext, publicKeyName } from './context.ts';
import { checkHeaderTag, deriveKeys } from './derive.ts';
import { EnvelopeError } from './errors.ts';
import { readHeader, type SealedHeader } from './header.ts';
import type { Keyring } from './keyring.ts';
import { unwrapFirst } from './materials.ts';
import { mustOpen, type Policy } from './policy.ts';
import type { Reader } from './reader.ts';
import { Verifier } from './signing.ts';

/** What a message must be to be opened. */
export interface Expected {
  /** Default `require-require`: only messages that are bound to their key. */
  readonly commitment?: Policy;
  /** Pairs the message must have been sealed with: those stored must be equal, the others are what `requiredKeys` left out. */
  readonly context?: EncryptionContext;
  /** Refuses a header with more wrapped data keys. */
  readonly maxDataKeys?: number;
}

/** A header whose tag is true, and what its body opens with. */
export interface Authentic {
  readonly sealed: SealedHeader;
  /** The stored context and what the caller brought. */
  readonly context: EncryptionContext;
  /** What the caller brought. */
  readonly unstored: EncryptionContext;
  readonly dataKey: Uint8Array;
  readonly contentKey: Uint8Array;
  readonly verifier: Verifier | undefined;
}

/** @throws EnvelopeError; what a keyring threw, where no other opened it */
export async function authenticate(
  reader: Reader,
  keyrings: readonly Keyring[],
  options: Expected,
): Promise<Authentic> {
  const sealed = await readHeader(reader, options.maxDataKeys);
  const { header } = sealed;
  mustOpen(header.suite, options.commitment ?? 'require-require');
  const unstored = broughtAlong(header.context, options.context ?? {});
  const context = { ...header.context, ...unstored };
  const verifier = verifierOf(sealed);
  return { sealed, context, unstored, verifier, ...(await keysOf(sealed, keyrings, context, unstored)) };
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

async function keysOf(
  sealed: SealedHeader,
  keyrings: readonly Keyring[],
  context: EncryptionContext,
  unstored: EncryptionContext,
) {
  const { suite, wrapped, messageId, commitKey } = sealed.header;
  try {
    const dataKey = await unwrapFirst(keyrings, wrapped, suite, context);
    if (dataKey?.length !== suite.keyLength) throw new EnvelopeError('no key fits');
    const keys = deriveKeys(suite, dataKey, messageId);
    if (keys.commit && !timingSafeEqual(keys.commit, commitKey!)) throw new EnvelopeError('commitment');
    checkHeaderTag(sealed, keys.content, unstored);
    return { dataKey, contentKey: keys.content };
  } catch (error) {
    throw contextInstead(error, unstored);
  }
}

/** Where pairs were expected that are not in the header, those are the likely cause: they are part of what a tag covers. */
function contextInstead(error: unknown, unstored: EncryptionContext): unknown {
  const maybe = error instanceof EnvelopeError && (error.damage === 'header' || error.damage === 'no key fits');
  return maybe && Object.keys(unstored).length > 0 ? new EnvelopeError('context', { cause: error }) : error;
}
