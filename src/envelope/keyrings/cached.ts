import { createHash } from 'node:crypto';
import { type EncryptionContext, serialiseContext } from '../context.ts';
import type { Keyring, WrappedKey } from '../keyring.ts';
import { type Materials, newMaterials, unwrapFirst } from '../materials.ts';
import type { Suite } from '../suites.ts';

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

interface Sealing {
  readonly materials: Promise<Materials>;
  readonly made: number;
  messages: number;
  bytes: number;
}

/** So many messages with wrappings of their own may be open at once before the oldest is forgotten. */
const mostOpened = 1000;

/**
 * Several keyrings as one that uses its data keys again, for many small messages: KMS is called once for as many as the limits let. Every message still has
 * a content key of its own, which comes from the data key and the message's id. Messages that share a data key can be seen to: it is wrapped in the same bytes.
 * Not used again: the data key of a suite that derives nothing from it, or of a message whose length is not known. Follows caching-cmm.md of the AWS
 * Encryption SDK's specification.
 */
export function cachedKeyring(keyrings: readonly Keyring[], limits: CacheLimits = {}): Keyring {
  const { seconds = 300, messages = 2 ** 16, bytes = 2 ** 36, clock = () => performance.now() } = limits;
  if (!(seconds > 0 && messages >= 1 && messages <= 2 ** 32 && bytes >= 0))
    throw new RangeError('a limit is out of bounds');
  const sealing = new Map<string, Sealing>();
  const opened = new Map<string, { readonly plaintext: Uint8Array; readonly made: number }>();
  const isYoung = ({ made }: { made: number }) => clock() - made < 1000 * seconds;

  const reuse = (name: string, length: number): Promise<Materials> | undefined => {
    const found = sealing.get(name);
    if (!found || !isYoung(found) || found.messages >= messages || found.bytes + length > bytes) return undefined;
    found.messages += 1;
    found.bytes += length;
    return found.materials;
  };

  return {
    name: keyrings.map(({ name }) => name).join(', '),

    async wrap(dataKey) {
      const wrapped = await Promise.all(keyrings.map((keyring) => keyring.wrap(dataKey)));
      return wrapped.flat();
    },

    materials(suite, context, length) {
      if (!suite.kdf || length === undefined || length > bytes) return newMaterials(keyrings, suite, context);
      const name = nameOf(suite, context);
      const found = reuse(name, length);
      if (found) return found;
      const materials = newMaterials(keyrings, suite, context);
      const entry = { materials, made: clock(), messages: 1, bytes: length };
      sealing.set(name, entry);
      materials.catch(() => sealing.get(name) === entry && sealing.delete(name));
      return materials;
    },

    async unwrap(wrapped, suite, context) {
      const name = nameOf(suite, context, wrapped);
      const found = opened.get(name);
      if (found && isYoung(found)) return found.plaintext;
      opened.delete(name);
      const plaintext = await unwrapFirst(keyrings, wrapped, suite, context);
      if (!plaintext || !suite.kdf) return plaintext;
      opened.set(name, { plaintext, made: clock() });
      if (opened.size > mostOpened) opened.delete(opened.keys().next().value!);
      return plaintext;
    },
  };
}

/** Nothing but the very same wrappings, in the same context, has the same name. */
function nameOf({ id }: Suite, context: EncryptionContext, wrapped: readonly WrappedKey[] = []): string {
  const hash = createHash('sha512').update(`${id} `);
  const parts = wrapped.flatMap(({ provider, info, ciphertext }) => [Buffer.from(provider), info, ciphertext]);
  for (const part of [serialiseContext(context), ...parts]) hash.update(`${part.length} `).update(part);
  return hash.digest('base64');
}
