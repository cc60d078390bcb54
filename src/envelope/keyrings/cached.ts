import { createHash } from 'node:crypto';
import { type EncryptionContext, serialiseContext } from '../context.ts';
import type { Keyring, Materials, WrappedKey } from '../keyring.ts';
import { newMaterials, unwrapFirst } from '../materials.ts';
import type { Suite } from '../suites.ts';
import { Aging } from './aging.ts';

/** How long and how often a data key may be used again. */
export interface CacheLimits {
  /** How old it may be; default 300. */
  readonly seconds?: number;
  /** How many messages it may seal; default 65,536, at most 2^32. */
  readonly messages?: number;
  /** How many bytes of text it may seal; default 64 GiB. */
  readonly bytes?: number;
  /** Milliseconds that only go forward; for tests. */
  readonly clock?: () => number;
}

/**
 * Several keyrings as one that uses its data keys again, for many small messages: KMS is called once for as many as the limits let. Every message still has
 * a content key of its own, which comes from the data key and the message's id. Messages that share a data key can be seen to: it is wrapped in the same bytes.
 * Not used again: the data key of a suite that derives nothing from it, or of a message whose length is not known. Follows caching-cmm.md of the AWS
 * Encryption SDK's specification.
 */
export function cachedKeyring(keyrings: readonly Keyring[], given: CacheLimits = {}): Keyring {
  const { seconds = 300, messages = 2 ** 16, bytes = 2 ** 36, clock = () => performance.now() } = given;
  const limits = { seconds, messages, bytes, clock };
  const isSound = seconds > 0 && messages >= 1 && messages <= 2 ** 32 && bytes >= 0;
  if (!isSound) throw new RangeError('a limit is out of bounds');
  return {
    name: keyrings.map(({ name }) => name).join(', '),
    wrap: async (dataKey) => (await Promise.all(keyrings.map((keyring) => keyring.wrap(dataKey)))).flat(),
    materials: sealingAgain(keyrings, limits),
    unwrap: openingAgain(keyrings, limits),
  };
}

function sealingAgain(keyrings: readonly Keyring[], limits: Required<CacheLimits>): NonNullable<Keyring['materials']> {
  const kept = new Aging<{ readonly materials: Promise<Materials>; messages: number; bytes: number }>(
    limits.seconds,
    limits.clock,
  );
  return (suite, context, length) => {
    if (!suite.kdf || length === undefined || length > limits.bytes) return newMaterials(keyrings, suite, context);
    const name = nameOf(suite, context);
    const found = kept.get(name);
    if (found && found.messages < limits.messages && found.bytes + length <= limits.bytes) {
      found.messages += 1;
      found.bytes += length;
      return found.materials;
    }
    const made = { materials: newMaterials(keyrings, suite, context), messages: 1, bytes: length };
    kept.set(name, made);
    made.materials.catch(() => kept.forget(name, made));
    return made.materials;
  };
}

function openingAgain(keyrings: readonly Keyring[], { seconds, clock }: Required<CacheLimits>): Keyring['unwrap'] {
  const kept = new Aging<Promise<Uint8Array | undefined>>(seconds, clock);
  return (wrapped, suite, context) => {
    const name = nameOf(suite, context, wrapped);
    const found = kept.get(name);
    if (found) return found;
    const opening = unwrapFirst(keyrings, wrapped, suite, context);
    kept.set(name, opening);
    const forget = () => kept.forget(name, opening);
    opening.then((plaintext) => (plaintext && suite.kdf) || forget(), forget);
    return opening;
  };
}

/** Nothing but the very same wrappings, in the same context, has the same name. */
function nameOf({ id }: Suite, context: EncryptionContext, wrapped: readonly WrappedKey[] = []): string {
  const hash = createHash('sha512').update(`${id} `);
  const parts = wrapped.flatMap(({ provider, info, ciphertext }) => [Buffer.from(provider), info, ciphertext]);
  for (const part of [serialiseContext(context), ...parts]) hash.update(`${part.length} `).update(part);
  return hash.digest('base64');
}
