import { expect, test } from 'vitest';
import { decodePolicy, encodePolicy, lengthTrouble } from '../../src/rotation/password-policy.ts';
import type { PasswordRules } from '../../src/rotation/rotator.ts';

test.each<[PasswordRules, string]>([
  [{ length: 40 }, 'length=40'],
  [{ excludeCharacters: `"'\\ü` }, 'exclude=22.27.5c.fc'],
  [
    { length: 24, excludePunctuation: true, includeSpace: true, requireEachIncludedType: false },
    'length=24 excludePunctuation includeSpace any',
  ],
])('%j is kept in a tag', (rules, tag) => {
  expect(encodePolicy(rules)).toBe(tag);
  expect(tag).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u);
  expect(decodePolicy(tag)).toEqual(rules);
});

test.each(['', 'long', 'length=', 'length=x', 'exclude=zz', 'length=40  any', 'toString'])(
  '"%s" is no policy',
  (tag) => {
    expect(decodePolicy(tag)).toBeUndefined();
  },
);

test.each([
  ['{"engine":"mysql"}', 41, undefined],
  ['{"engine":"mysql"}', 42, '"mysql" takes passwords of 8 to 41 characters on AWS, not of 42'],
  [
    '{"engine":"aurora-postgresql"}',
    129,
    '"aurora-postgresql" takes passwords of 8 to 128 characters on AWS, not of 129',
  ],
  ['{"engine":"redshift"}', 7, '"redshift" takes passwords of 8 to 64 characters on AWS, not of 7'],
  ['{"engine":"oracle"}', 4096, undefined],
  ['no JSON', 4096, undefined],
])('%s, %i characters', (value, length, trouble) => {
  expect(lengthTrouble(value, length)).toBe(trouble);
});
