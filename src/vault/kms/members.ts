import { integer, map, string } from '../shape.ts';

/*
 * What the members of KMS's requests may hold.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Types.html
 */

/** An id, an ARN, an alias or an alias ARN. */
export const keyId = string({ min: 1, max: 2048 });
export const aliasName = string({ min: 1, max: 256 });
export const encryptionContext = map(string(), string());
export const limit = integer({ min: 1, max: 1000 });
export const marker = string({ min: 1, max: 1024 });
