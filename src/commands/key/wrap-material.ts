import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import type { KeySpec } from '../../aws/services.ts';

/** The algorithms that this wraps with: https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-get-public-key-and-token.html */
export const wrappingFor = (spec: KeySpec) =>
  isBytes(spec) ? ('RSAES_OAEP_SHA_256' as const) : ('RSA_AES_KEY_WRAP_SHA_256' as const);

/** As strong as AES-128, and made in a tenth of the time of 4,096 bits. */
export const wrappingKeySpec = 'RSA_3072';

/** Whether material of such a key is bytes; that of the others is a private key. */
export const isBytes = (spec: KeySpec): boolean => spec === 'SYMMETRIC_DEFAULT' || spec.startsWith('HMAC_');

/** `material` for KMS alone, whose public key (SubjectPublicKeyInfo in DER) came with the parameters for the import. */
export function wrapMaterial(material: Uint8Array, publicKey: Uint8Array, spec: KeySpec): Uint8Array {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const seal = (bytes: Uint8Array) =>
    publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, bytes);
  if (isBytes(spec)) return seal(material);
  const passing = randomBytes(32);
  return Buffer.concat([seal(passing), keyWrap(passing, material)]);
}

/** AES key wrap with padding: RFC 5649, whose initial value this is. */
function keyWrap(key: Uint8Array, material: Uint8Array): Buffer {
  const cipher = createCipheriv('id-aes256-wrap-pad', key, Buffer.from('a65959a6', 'hex'));
  return Buffer.concat([cipher.update(material), cipher.final()]);
}
