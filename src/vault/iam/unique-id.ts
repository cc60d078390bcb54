import { createHash, randomBytes } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An id of AWS's form: what it is of, in four letters, then random ones. */
export const newId = (prefix: 'AKIA' | 'ASIA'): string => `${prefix}${letters(randomBytes(16), 16)}`;

/** The id that a user or role always has: the vault keeps no list of them, so it follows from the ARN. */
export const idOf = (prefix: 'AIDA' | 'AROA', arn: string): string =>
  `${prefix}${letters(createHash('sha256').update(arn).digest(), 17)}`;

const letters = (bytes: Uint8Array, count: number) =>
  Array.from(bytes.subarray(0, count), (byte) => alphabet[byte % alphabet.length]).join('');
