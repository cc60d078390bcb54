import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rawAesKeyring } from '../../../src/envelope/keyrings/raw-aes.ts';
import { context, dataKey, flipped, unwrapped } from './data-key.ts';

const id = { namespace: 'a room', name: 'a key' };

describe.each([16, 24, 32])('a key of %i bytes', (length) => {
  const keyring = rawAesKeyring({ ...id, key: randomBytes(length) });

  it.each(['0478', '0346', '0014'] as const)('wraps and unwraps a data key of suite %s', async (suite) => {
    for (const given of [context, {}]) {
      const key = dataKey(suite, given);
      expect(await unwrapped(keyring, await keyring.wrap(key), key)).toEqual(key.plaintext);
    }
  });

  it('opens no wrapped key with another bit, context or length', async () => {
    const key = dataKey();
    const [one] = await keyring.wrap(key);
    for (const part of ['info', 'ciphertext'] as const) {
      for (let bit = 0; bit < 8 * one![part].length; bit++) {
        expect(await unwrapped(keyring, [flipped(one!, part, bit)], key), `${part} ${bit}`).toBeUndefined();
      }
    }
    expect(await unwrapped(keyring, [one!], { ...key, context: { ...context, app: 'wed' } })).toBeUndefined();
    for (const part of ['info', 'ciphertext'] as const) {
      for (let length = 0; length < one![part].length; length++) {
        const short = { ...one!, [part]: one![part].subarray(0, length) };
        expect(await unwrapped(keyring, [short], key)).toBeUndefined();
      }
    }
  });
});

it('opens what names it, wherever it stands, and nothing else', async () => {
  const secret = randomBytes(32);
  const keyring = rawAesKeyring({ ...id, key: secret });
  const others = [
    rawAesKeyring({ ...id, key: randomBytes(32) }),
    rawAesKeyring({ ...id, name: 'a key of another', key: secret }),
    rawAesKeyring({ ...id, namespace: 'a house', key: secret }),
  ];
  const key = dataKey();
  const foreign = (await Promise.all(others.map((other) => other.wrap(key)))).flat();
  expect(await unwrapped(keyring, foreign, key)).toBeUndefined();
  expect(await unwrapped(keyring, [...foreign, ...(await keyring.wrap(key))], key)).toEqual(key.plaintext);
});

it('never wraps twice in the same bytes', async () => {
  const keyring = rawAesKeyring({ ...id, key: randomBytes(32) });
  const key = dataKey();
  expect(await keyring.wrap(key)).not.toEqual(await keyring.wrap(key));
});

it('refuses the namespace of KMS, no name, and a key of another length', () => {
  const key = randomBytes(32);
  expect(() => rawAesKeyring({ ...id, namespace: 'aws-kms', key })).toThrow('"aws-kms"');
  expect(() => rawAesKeyring({ ...id, namespace: 'aws-kms-mrk', key })).toThrow('"aws-kms"');
  expect(() => rawAesKeyring({ ...id, name: '', key })).toThrow('needs a name');
  expect(() => rawAesKeyring({ ...id, name: '\ud800', key })).toThrow('not valid Unicode');
  expect(() => rawAesKeyring({ ...id, key: randomBytes(31) })).toThrow('16, 24 or 32 bytes');
});
