import { constants, createDecipheriv, privateDecrypt } from 'node:crypto';
import { ApiError } from '../errors.ts';
import { keyArnOf } from './find-key.ts';
import { publicBytes, readKeyPair } from './key-pair.ts';
import { newMaterial } from './new-material.ts';
import type { KeyRow } from './rows.ts';
import { specs } from './specs.ts';

export type WrappingAlgorithm =
  | 'RSAES_OAEP_SHA_1'
  | 'RSAES_OAEP_SHA_256'
  | 'RSA_AES_KEY_WRAP_SHA_1'
  | 'RSA_AES_KEY_WRAP_SHA_256';
export type WrappingKeySpec = 'RSA_2048' | 'RSA_3072' | 'RSA_4096';

/** An RSA key pair: the public key as SubjectPublicKeyInfo, the private one as PKCS #8, both in DER. */
export async function newWrappingKey(spec: WrappingKeySpec) {
  const privateKey = await newMaterial(specs[spec]);
  return { privateKey, publicKey: publicBytes(readKeyPair(privateKey)) };
}

/** Throws UnsupportedOperationException where an algorithm has no room for material of the key's spec. */
export function requireWraps(algorithm: WrappingAlgorithm, wrapping: WrappingKeySpec, key: KeyRow): void {
  if (isHybrid(algorithm)) return;
  const isTooLong = key.spec === 'ECC_NIST_P521' && wrapping === 'RSA_2048';
  if (specs[key.spec].kind !== 'rsa' && !isTooLong) return;
  throw new ApiError(
    'UnsupportedOperationException',
    `Wrapping algorithm ${algorithm} with wrapping key spec ${wrapping} is not valid for ${keyArnOf(key)} with key spec ${key.spec}.`,
  );
}

/** What was wrapped with the public key; undefined when it was not, or with another algorithm. */
export function unwrap(algorithm: WrappingAlgorithm, privateKey: Uint8Array, wrapped: Uint8Array) {
  const { privateKey: key } = readKeyPair(privateKey);
  const oaepHash = algorithm.endsWith('SHA_1') ? 'sha1' : 'sha256';
  const open = (bytes: Uint8Array) =>
    privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, bytes);
  try {
    if (!isHybrid(algorithm)) return open(wrapped);
    const length = key.asymmetricKeyDetails!.modulusLength! / 8;
    return unwrapAes(open(wrapped.subarray(0, length)), wrapped.subarray(length));
  } catch {
    return undefined;
  }
}

/** An AES key comes first, under the RSA key; under it, the rest: material of any length. */
const isHybrid = (algorithm: WrappingAlgorithm) => algorithm.startsWith('RSA_AES_');

/** AES key wrap with padding: https://www.rfc-editor.org/rfc/rfc5649 */
function unwrapAes(key: Uint8Array, wrapped: Uint8Array): Buffer {
  const decipher = createDecipheriv('id-aes256-wrap-pad', key, Buffer.from('A65959A6', 'hex'));
  return Buffer.concat([decipher.update(wrapped), decipher.final()]);
}
