import { integer, string } from '../shape.ts';

/*
 * What the members of STS's requests may hold.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */

const arnCharacters = '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD]+';

export const arn = string({ min: 20, max: 2048, pattern: arnCharacters });
export const sessionName = string({ min: 2, max: 64, pattern: '[\\w+=,.@-]*' });
/** Of an MFA device, and what it shows: taken, and not looked at. */
export const serialNumber = string({ min: 9, max: 256, pattern: '[\\w+=/:,.@-]*' });
export const tokenCode = string({ min: 6, max: 6, pattern: '[\\d]*' });
/** 900 seconds or more. */
export const duration = (max: number) => integer({ min: 900, max });
