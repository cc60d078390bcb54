import { constants, privateDecrypt, publicEncrypt } from 'node:crypto';
import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { currentPair } from './key-material.ts';
import type { KeyRow } from './rows.ts';

/*
 * RSAES-OAEP of RFC 8017, 7.1, with no label. What comes out is what any library makes with the public key: nothing in it
 * says whose it is.
 */
const padding = constants.RSA_PKCS1_OAEP_PADDING;

/** The hash of an algorithm, as OpenSSL names it: `sha256` of `RSAES_OAEP_SHA_256`. */
const hashOf = (algorithm: string): string => (algorithm === 'RSAES_OAEP_SHA_1' ? 'sha1' : 'sha256');

const hashLengths: Readonly<Record<string, number>> = { sha1: 20, sha256: 32 };

/** Encrypts with a key's public half. Throws ValidationException when there is more than fits. */
export function encryptOaep(call: Call, key: KeyRow, algorithm: string, plaintext: Uint8Array): Buffer {
  const { publicKey } = currentPair(call, key);
  const oaepHash = hashOf(algorithm);
  const most = publicKey.asymmetricKeyDetails!.modulusLength! / 8 - 2 * hashLengths[oaepHash]! - 2;
  if (plaintext.length > most) {
    throw new ApiError(
      'ValidationException',
      `Algorithm ${algorithm} and key spec ${key.spec} cannot encrypt data larger than ${most} bytes.`,
    );
  }
  return publicEncrypt({ key: publicKey, padding, oaepHash }, plaintext);
}

/** Opens what was made with a key's public half and the same algorithm; undefined when it was not. */
export function decryptOaep(call: Call, key: KeyRow, algorithm: string, blob: Uint8Array): Buffer | undefined {
  const { privateKey } = currentPair(call, key);
  if (blob.length !== privateKey.asymmetricKeyDetails!.modulusLength! / 8) return undefined;
  try {
    return privateDecrypt({ key: privateKey, padding, oaepHash: hashOf(algorithm) }, blob);
  } catch {
    return undefined;
  }
}
