import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import type { ImportKeyMaterialCommandInput, KMS, WrappingKeySpec } from '@aws-sdk/client-kms';

export type Wrapping =
  | 'RSAES_OAEP_SHA_1'
  | 'RSAES_OAEP_SHA_256'
  | 'RSA_AES_KEY_WRAP_SHA_1'
  | 'RSA_AES_KEY_WRAP_SHA_256';

/** Wraps key material as the owner of a key does, under the public key that KMS gave. */
export function wrap(algorithm: Wrapping, publicKey: Uint8Array, material: Uint8Array): Uint8Array {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const oaepHash = algorithm.endsWith('SHA_1') ? 'sha1' : 'sha256';
  const under = (bytes: Uint8Array) =>
    publicEncrypt({ key, oaepHash, padding: constants.RSA_PKCS1_OAEP_PADDING }, bytes);
  if (algorithm.startsWith('RSAES')) return under(material);
  const aes = randomBytes(32);
  const cipher = createCipheriv('id-aes256-wrap-pad', aes, Buffer.from('A65959A6', 'hex'));
  return Buffer.concat([under(aes), cipher.update(material), cipher.final()]);
}

type More = Partial<ImportKeyMaterialCommandInput> & { algorithm?: Wrapping; spec?: WrappingKeySpec };

/** Imports material for good, unless told when it expires. */
export async function importInto(
  kms: KMS,
  KeyId: string,
  material: Uint8Array,
  { algorithm, spec, ...more }: More = {},
) {
  const WrappingAlgorithm = algorithm ?? 'RSA_AES_KEY_WRAP_SHA_256';
  const given = await kms.getParametersForImport({ KeyId, WrappingAlgorithm, WrappingKeySpec: spec ?? 'RSA_2048' });
  return kms.importKeyMaterial({
    KeyId,
    ImportToken: given.ImportToken,
    EncryptedKeyMaterial: wrap(WrappingAlgorithm, given.PublicKey!, material),
    ExpirationModel: more.ValidTo ? 'KEY_MATERIAL_EXPIRES' : 'KEY_MATERIAL_DOES_NOT_EXPIRE',
    ...more,
  });
}
