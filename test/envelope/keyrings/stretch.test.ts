import { expect, it } from 'vitest';
import { newStretching, parseStretching, printStretching, stretch } from '../../../src/envelope/keyrings/stretch.ts';

const salt = 'AAECAwQFBgcICQoLDA0ODw';

it('prints what it parses', () => {
  const made = newStretching();
  expect(parseStretching(printStretching(made))).toEqual(made);
  expect(parseStretching(`scrypt:131072:8:1:${salt}`)).toMatchObject({ N: 131_072, r: 8, p: 1 });
});

it('takes what costs four times as much as its own, and no more', () => {
  expect(parseStretching(`scrypt:524288:8:1:${salt}`)).toMatchObject({ N: 524_288 });
  expect(parseStretching(`scrypt:131072:8:4:${salt}`)).toMatchObject({ p: 4 });
});

it.each([
  '',
  `scrypt:131071:8:1:${salt}`,
  `scrypt:1:8:1:${salt}`,
  `scrypt:0:8:1:${salt}`,
  `scrypt:131072:0:1:${salt}`,
  `scrypt:131072:8:0:${salt}`,
  `scrypt:1048576:8:1:${salt}`,
  `scrypt:131072:8:5:${salt}`,
  `scrypt:0131072:8:1:${salt}`,
  `scrypt:131072:8:1:${salt.slice(1)}`,
  `scrypt:131072:8:1:${salt.slice(0, -1)}x`,
  `scrypt:131072:8:1:${salt} `,
])('does not take "%s"', (text) => {
  expect(parseStretching(text)).toBeUndefined();
});

it('is scrypt', async () => {
  const given = { N: 1024, r: 8, p: 16, salt: Buffer.from('NaCl') };
  const key = await stretch('password', given);
  // RFC 7914, section 12
  expect(Buffer.from(key).toString('hex')).toBe('fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162');
});
