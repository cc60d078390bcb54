import type { Rule, Surroundings } from '../rotator.ts';

/** Left out: what RDS and Redshift refuse, and what breaks connection strings and shells. */
const excludeCharacters = ':/@"\'\\`$%&?#{}[]<>^|; ';

/** Of a length that every engine takes: MySQL's replication stops at 32. */
const length = 32;

export const newPassword = ({ randomPassword }: Surroundings): Promise<string> =>
  randomPassword({ length, excludeCharacters, requireEachIncludedType: true });

export const newPasswordRules: readonly Rule[] = [
  { name: 'length', value: String(length), from: 'latchkey' },
  { name: 'characters', value: 'capital and small letters, digits, punctuation: one of each', from: 'latchkey' },
  { name: 'excluded characters', value: excludeCharacters, from: 'latchkey' },
];
