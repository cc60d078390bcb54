import { blob, integer, list, required, string, structure } from '../shape.ts';

/*
 * What the members of Secrets Manager's requests may hold.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Types.html
 */

export const mostValueBytes = 65_536;

export const secretName = string({ min: 1, max: 512 });
/** A name, an ARN, or an ARN without its last seven characters. */
export const secretId = string({ min: 1, max: 2048 });
export const clientRequestToken = string({ min: 32, max: 64 });
export const versionId = string({ min: 32, max: 64 });
/** Whose format an external secret's value has; empty: a secret like any other. */
export const secretType = string({ max: 256 });
export const stage = string({ min: 1, max: 256 });
export const stages = list(stage, { min: 1, max: 20 });
export const description = string({ max: 2048 });
export const kmsKeyId = string({ max: 2048 });
export const secretString = string({ min: 1, max: mostValueBytes, sensitive: true });
export const secretBinary = blob({ min: 1, max: mostValueBytes });
export const maxResults = integer({ min: 1, max: 100 });
export const nextToken = string({ min: 1, max: 4096 });

const tagKey = string({ min: 1, max: 128 });
export const tags = list(structure({ Key: required(tagKey), Value: string({ max: 256 }) }));
export const tagKeys = list(tagKey);
