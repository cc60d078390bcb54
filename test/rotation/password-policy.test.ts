import { expect, test } from 'vitest';
import { decodePolicy, encodePolicy } from '../../src/rotation/password-policy.ts';
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
