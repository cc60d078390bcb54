import { constants, createPublicKey, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto';
import type { Keyring, WrappedKey } from '../keyring.ts';
import { type KeyId, mustBeRaw } from './key-id.ts';
import { unwrapPkcs1 } from './pkcs1.ts';

export const oaepHashes = ['sha256', 'sha1', 'sha384', 'sha512'] as const;
export type OaepHash = (typeof oaepHashes)[number];

export interface RawRsaKey extends KeyId {
  /** Enough to seal. */
  readonly publicKey?: KeyObject;
  /** To open; seals too, since it has the public key in it. */
  readonly privateKey?: KeyObject;
  /**
   * OAEP with this hash, for its mask too. A message does not say which it was: where it is left out, SHA-256 seals and each of the four is tried to open.
   * `pkcs1` (version 1.5) only opens.
   */
  readonly padding?: OaepHash | 'pkcs1';
}

/**
 * One RSA key, handed in. Opens only what names it, by namespace and name. RSA does not bind the data key to the context.
 * Follows raw-rsa-keyring.md of the AWS Encryption SDK's specification.
 * @throws RangeError for another kind of key, and a namespace that is KMS's
 */
export function rawRsaKeyring(given: RawRsaKey): Keyring {
  mustBeRaw(given);
  const { name, namespace, privateKey, padding } = given;
  const publicKey = given.publicKey ?? (privateKey && createPublicKey(privateKey));
  if (!publicKey) throw new RangeError('an RSA keyring needs a key');
  if (publicKey.asymmetricKeyType !== 'rsa') throw new RangeError('this is not an RSA key for encryption');
  return {
    name,
    async wrap({ plaintext }) {
      if (padding === 'pkcs1') throw new RangeError('PKCS #1 version 1.5 is only for opening');
      return [{ provider: namespace, info: Buffer.from(name), ciphertext: wrap(publicKey, padding, plaintext) }];
    },
    async unwrap(wrapped, { keyLength }) {
      if (!privateKey) return undefined;
      const own = wrapped.filter(
        ({ provider, info, ciphertext }) =>
          provider === namespace && Buffer.from(info).toString() === name && ciphertext.length === lengthOf(privateKey),
      );
      return unwrapFirst(privateKey, padding, own, keyLength);
    },
  };
}

/** In bytes. A number with fewer may be the same, and would open. */
const lengthOf = (key: KeyObject) => Math.ceil(key.asymmetricKeyDetails!.modulusLength! / 8);

const wrap = (key: KeyObject, hash: OaepHash = 'sha256', plaintext: Uint8Array) =>
  publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash }, plaintext);

function unwrapFirst(key: KeyObject, padding: RawRsaKey['padding'], wrapped: WrappedKey[], keyLength: number) {
  for (const { ciphertext } of wrapped) {
    const plaintext =
      padding === 'pkcs1' ? unwrapPkcs1(key, ciphertext, keyLength) : unwrapOaep(key, padding, ciphertext);
    if (plaintext?.length === keyLength) return plaintext;
  }
  return undefined;
}

function unwrapOaep(key: KeyObject, hash: OaepHash | undefined, ciphertext: Uint8Array): Uint8Array | undefined {
  for (const oaepHash of hash ? [hash] : oaepHashes) {
    try {
      return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, ciphertext);
    } catch {
      // Another hash, another key or a damaged byte: to the outside they are the same.
    }
  }
  return undefined;
}
