import { blob, boolean, enumeration, integer, map, string } from '../shape.ts';

/*
 * What the members of KMS's requests may hold.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Types.html
 */

/** An id, an ARN, an alias or an alias ARN. */
export const keyId = string({ min: 1, max: 2048 });
export const aliasName = string({ min: 1, max: 256, pattern: '[a-zA-Z0-9:/_-]+' });
export const encryptionContext = map(string(), string());
export const encryptionAlgorithm = enumeration('SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE');
export const plaintext = blob({ min: 1, max: 4096 });
export const ciphertextBlob = blob({ min: 1, max: 6144 });
export const numberOfBytes = integer({ min: 1, max: 1024 });
export const dryRun = boolean();
export const marker = string({ min: 1, max: 1024 });
