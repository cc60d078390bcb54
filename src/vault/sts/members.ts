import { ApiError } from '../errors.ts';
import { integer, list, required, string, structure } from '../shape.ts';

/*
 * What the members of STS's requests may hold.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */

/** The end of it is not what it means to be, and is AWS's. */
const arnCharacters = '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+';

export const arn = string({ min: 20, max: 2048, pattern: arnCharacters });
export const policy = string({ min: 1, pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+' });
export const policyArns = list(structure({ arn }), { max: 10 });
export const tagKey = string({ min: 1, max: 128, pattern: '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+' });
const tagValue = string({ max: 256, pattern: '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*' });
export const tags = list(structure({ Key: required(tagKey), Value: required(tagValue) }), { max: 50 });
export const providedContexts = list(structure({ ProviderArn: arn, ContextAssertion: string({ min: 4, max: 2048 }) }), {
  min: 1,
  max: 5,
});
export const sessionName = string({ min: 2, max: 64, pattern: '[\\w+=,.@-]*' });
/** Of an MFA device, and what it shows: any will do, since the vault knows no device. */
export const serialNumber = string({ min: 9, max: 256, pattern: '[\\w+=/:,.@-]*' });
export const tokenCode = string({ min: 6, max: 6, pattern: '[\\d]*' });
/** 900 seconds or more. */
export const duration = (max: number) => integer({ min: 900, max });

/** An MFA device and what it shows go together. Throws AccessDenied. */
export function requireBothOfMfa({ SerialNumber, TokenCode }: { SerialNumber?: string; TokenCode?: string }): void {
  if ((SerialNumber === undefined) === (TokenCode === undefined)) return;
  throw new ApiError(
    'AccessDenied',
    'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
    403,
  );
}
