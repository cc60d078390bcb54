import { expect, it } from 'vitest';
import { passphraseKeyring } from '../../../src/envelope/keyrings/passphrase.ts';
import { rawAesKeyring } from '../../../src/envelope/keyrings/raw-aes.ts';
import { parseStretching, stretch } from '../../../src/envelope/keyrings/stretch.ts';
import { dataKey, flipped, unwrapped } from './data-key.ts';

const cost = { N: 1024, r: 8, p: 1 };

it('opens with the same passphrase, however it was typed, and no other', async () => {
  const key = dataKey();
  const wrapped = await passphraseKeyring('caf\u00e9 au lait', cost).wrap(key);
  expect(await unwrapped(passphraseKeyring('cafe\u0301 au lait'), wrapped, key)).toEqual(key.plaintext);
  expect(await unwrapped(passphraseKeyring('cafe au lait'), wrapped, key)).toBeUndefined();
});

it('wraps as a raw AES key would, whose name says how scrypt makes it', async () => {
  const key = dataKey();
  const wrapped = await passphraseKeyring('correct horse', cost).wrap(key);
  const name = Buffer.from(wrapped[0]!.info.subarray(0, -20)).toString();
  expect(name).toMatch(/^scrypt:1024:8:1:[A-Za-z0-9_-]{22}$/);
  const raw = await stretch('correct horse', parseStretching(name)!);
  const keyring = rawAesKeyring({ namespace: 'latchkey-passphrase', name, key: raw });
  expect(await unwrapped(keyring, wrapped, key)).toEqual(key.plaintext);
});

it('opens nothing with another bit, and does not calculate for ever', async () => {
  const key = dataKey();
  const [one] = await passphraseKeyring('correct horse', cost).wrap(key);
  const keyring = passphraseKeyring('correct horse');
  for (let bit = 0; bit < 8 * one!.ciphertext.length; bit += 7) {
    expect(await unwrapped(keyring, [flipped(one!, 'ciphertext', bit)], key)).toBeUndefined();
  }
  const dear = Buffer.from(
    Buffer.from(one!.info).toString('latin1').replace('scrypt:1024', 'scrypt:1048576'),
    'latin1',
  );
  expect(await unwrapped(keyring, [{ ...one!, info: dear }], key)).toBeUndefined();
});

it('tries no more than four of a message with many', async () => {
  const key = dataKey();
  const others = await Promise.all(['a', 'b', 'c', 'd'].map((text) => passphraseKeyring(text, cost).wrap(key)));
  const own = await passphraseKeyring('correct horse', cost).wrap(key);
  const keyring = passphraseKeyring('correct horse');
  expect(await unwrapped(keyring, [...others.slice(1).flat(), ...own], key)).toEqual(key.plaintext);
  expect(await unwrapped(keyring, [...others.flat(), ...own], key)).toBeUndefined();
});

it('has one stretching for all that it wraps, and another for each keyring', async () => {
  const key = dataKey();
  const nameOf = ([one]: { info: Uint8Array }[]) => Buffer.from(one!.info.subarray(0, -20)).toString();
  const keyring = passphraseKeyring('correct horse', cost);
  const [first, second] = [await keyring.wrap(key), await keyring.wrap(key)];
  expect(nameOf(first)).toBe(nameOf(second));
  expect(first).not.toEqual(second);
  expect(nameOf(await passphraseKeyring('correct horse', cost).wrap(key))).not.toBe(nameOf(first));
});

it('refuses no passphrase', () => {
  expect(() => passphraseKeyring('')).toThrow('is empty');
});
