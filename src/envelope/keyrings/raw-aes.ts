import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type EncryptionContext, serialiseContext, serialiseContextByLocale } from '../context.ts';
import type { DataKey, Keyring, WrappedKey } from '../keyring.ts';
import type { Suite } from '../suites.ts';
import { type KeyId, mustBeRaw } from './key-id.ts';

export interface RawAesKey extends KeyId {
  /** 16, 24 or 32 bytes. */
  readonly key: Uint8Array;
}

const ivLength = 12;
const tagLength = 16;

/**
 * One AES key, handed in. Opens only what names it, by namespace and name.
 * Follows raw-aes-keyring.md of the AWS Encryption SDK's specification.
 * @throws RangeError for a key of another length, and a namespace that is KMS's
 */
export function rawAesKeyring(given: RawAesKey): Keyring {
  mustBeRaw(given);
  if (![16, 24, 32].includes(given.key.length)) throw new RangeError('an AES key has 16, 24 or 32 bytes');
  return {
    name: given.name,
    wrap: async (dataKey) => [wrapWithAes(given, dataKey)],
    unwrap: async (wrapped, suite, context) => {
      const own = wrapped.filter((one) => isFor(given, one));
      return firstOf(own, (one) => unwrapWithAes(given.key, one, suite, context));
    },
  };
}

/** The info of what a key wraps: its name, the tag's length in bits (4 bytes), the IV's in bytes (4), the IV. */
const infoBefore = (name: string) =>
  Buffer.concat([Buffer.from(name), Buffer.from([0, 0, 0, 8 * tagLength, 0, 0, 0, ivLength])]);

/** AES-GCM, with the whole context as additional data; the ciphertext ends with the tag. */
export function wrapWithAes({ namespace, name, key }: RawAesKey, { plaintext, context }: DataKey): WrappedKey {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(cipherOf(key), key, iv, { authTagLength: tagLength }).setAAD(serialiseContext(context));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return { provider: namespace, info: Buffer.concat([infoBefore(name), iv]), ciphertext };
}

/** The name in what an AES key wrapped; undefined where it was no AES key. */
export function aesNameIn({ info, ciphertext }: WrappedKey): string | undefined {
  const name = Buffer.from(info.subarray(0, Math.max(0, info.length - ivLength - 8))).toString();
  const isAes = Buffer.compare(infoBefore(name), info.subarray(0, Math.max(0, info.length - ivLength))) === 0;
  return isAes && [16, 24, 32].includes(ciphertext.length - tagLength) ? name : undefined;
}

const isFor = ({ namespace, name }: KeyId, wrapped: WrappedKey) =>
  wrapped.provider === namespace && aesNameIn(wrapped) === name;

/** The data key; undefined where the key is another, or the context, or a byte. */
export function unwrapWithAes(key: Uint8Array, wrapped: WrappedKey, { keyLength }: Suite, context: EncryptionContext) {
  if (wrapped.ciphertext.length !== keyLength + tagLength) return undefined;
  const contexts = [serialiseContext(context), serialiseContextByLocale(context)];
  return firstOf(contexts, (aad) => decrypt(key, wrapped, aad));
}

function decrypt(key: Uint8Array, { info, ciphertext }: WrappedKey, aad: Uint8Array): Uint8Array | undefined {
  const iv = info.subarray(info.length - ivLength);
  const end = ciphertext.length - tagLength;
  const decipher = createDecipheriv(cipherOf(key), key, iv, { authTagLength: tagLength })
    .setAAD(aad)
    .setAuthTag(ciphertext.subarray(end));
  const plaintext = decipher.update(ciphertext.subarray(0, end));
  try {
    decipher.final();
    return plaintext;
  } catch {
    return undefined;
  }
}

const cipherOf = (key: Uint8Array) => `aes-${(8 * key.length) as 128 | 192 | 256}-gcm` as const;

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
