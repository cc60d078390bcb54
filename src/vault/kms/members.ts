import { blob, boolean, enumeration, integer, list, map, string, structure } from '../shape.ts';

/*
 * What the members of KMS's requests may hold.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Types.html
 */

/** An id, an ARN, an alias or an alias ARN. */
export const keyId = string({ min: 1, max: 2048 });
export const aliasName = string({ min: 1, max: 256, pattern: '[a-zA-Z0-9:/_-]+' });
export const encryptionContext = map(string(), string());
export const encryptionAlgorithm = enumeration('SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE');
export const signingAlgorithm = enumeration(
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
  'ECDSA_SHA_256',
  'ECDSA_SHA_384',
  'ECDSA_SHA_512',
  'ED25519_SHA_512',
  'ED25519_PH_SHA_512',
  'SM2DSA',
  'ML_DSA_SHAKE_256',
);
export const messageType = enumeration('RAW', 'DIGEST', 'EXTERNAL_MU');
/** In the order in which AWS names them. */
export const macAlgorithm = enumeration('HMAC_SHA_384', 'HMAC_SHA_256', 'HMAC_SHA_224', 'HMAC_SHA_512');
/** What is signed, or has a code. */
export const message = blob({ min: 1, max: 4096 });
/** A signature or a code. */
export const proof = blob({ min: 1, max: 6144 });
export const plaintext = blob({ min: 1, max: 4096 });
export const ciphertextBlob = blob({ min: 1, max: 6144 });
export const numberOfBytes = integer({ min: 1, max: 1024 });
export const dryRun = boolean();
export const grantToken = string({ min: 1, max: 8192 });
/** Each operation that takes some has them looked at before it runs. */
export const grantTokens = list(grantToken, { max: 10 });
export const grantId = string({ min: 1, max: 128 });
export const principal = string({ min: 1, max: 256, pattern: '[\\w+=,.@:/-]+' });
export const servicePrincipal = string({ min: 1, max: 256 });
export const customKeyStoreId = string({ min: 1, max: 64 });
export const customKeyStoreName = string({ min: 1, max: 256 });
export const description = string({ max: 8192 });
export const policyName = string({ min: 1, max: 128, pattern: '[\\w]+' });
export const policyText = string({ min: 1, max: 131_072, pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+' });
/** A Nitro enclave, which the answer would be for alone. */
export const recipient = structure({
  KeyEncryptionAlgorithm: enumeration('RSAES_OAEP_SHA_256'),
  AttestationDocument: blob({ min: 1, max: 262_144 }),
});

export const keyMaterialId = string({ min: 64, max: 64, pattern: '[a-f0-9]+' });
export const regionName = string({ min: 1, max: 32, pattern: '([a-z]+-){2,3}\\d+' });
export const marker = string({ min: 1, max: 1024 });
