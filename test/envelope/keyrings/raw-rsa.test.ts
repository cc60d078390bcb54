import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { oaepHashes, rawRsaKeyring } from '../../../src/envelope/keyrings/raw-rsa.ts';
import { dataKey, flipped, unwrapped } from './data-key.ts';

const id = { namespace: 'a room', name: 'a key' };
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

describe.each(oaepHashes)('OAEP with %s', (padding) => {
  const sealing = rawRsaKeyring({ ...id, publicKey, padding });

  it('seals with the public key alone, and opens with the private one', async () => {
    const key = dataKey();
    const wrapped = await sealing.wrap(key);
    expect(wrapped).toMatchObject([{ provider: 'a room', info: Buffer.from('a key') }]);
    expect(await unwrapped(sealing, wrapped, key)).toBeUndefined();
    for (const opening of [rawRsaKeyring({ ...id, privateKey, padding }), rawRsaKeyring({ ...id, privateKey })]) {
      expect(await unwrapped(opening, wrapped, key)).toEqual(key.plaintext);
    }
  });

  it('opens no wrapped key with another bit, length or hash', async () => {
    const key = dataKey();
    const [one] = await sealing.wrap(key);
    const opening = rawRsaKeyring({ ...id, privateKey, padding });
    for (let bit = 0; bit < 8 * one!.ciphertext.length; bit += 61) {
      expect(await unwrapped(opening, [flipped(one!, 'ciphertext', bit)], key)).toBeUndefined();
    }
    expect(await unwrapped(opening, [{ ...one!, ciphertext: one!.ciphertext.subarray(1) }], key)).toBeUndefined();
    const another = padding === 'sha512' ? 'sha1' : 'sha512';
    expect(await unwrapped(rawRsaKeyring({ ...id, privateKey, padding: another }), [one!], key)).toBeUndefined();
  });
});

it('opens no wrapped key that is as good as the number but not as long as the key', async () => {
  const sealing = rawRsaKeyring({ ...id, publicKey });
  const opening = rawRsaKeyring({ ...id, privateKey });
  const key = dataKey();
  let [one] = await sealing.wrap(key);
  while (one!.ciphertext[0] !== 0) [one] = await sealing.wrap(key);
  expect(await unwrapped(opening, [one!], key)).toEqual(key.plaintext);
  const shorter = { ...one!, ciphertext: one!.ciphertext.subarray(1) };
  expect(await unwrapped(opening, [shorter], key)).toBeUndefined();
});

it('opens what names it, and nothing else', async () => {
  const key = dataKey();
  const opening = rawRsaKeyring({ ...id, privateKey });
  const foreign = await rawRsaKeyring({ ...id, name: 'another', publicKey }).wrap(key);
  expect(await unwrapped(opening, foreign, key)).toBeUndefined();
  const own = await opening.wrap(key);
  expect(await unwrapped(opening, [...foreign, ...own], key)).toEqual(key.plaintext);
});

describe('PKCS #1 version 1.5', () => {
  const opening = rawRsaKeyring({ ...id, privateKey, padding: 'pkcs1' });
  const wrappedAs = (ciphertext: Uint8Array) => [{ provider: 'a room', info: Buffer.from('a key'), ciphertext }];

  it.each(['0478', '0346', '0014'] as const)('opens a data key of suite %s', async (suite) => {
    const key = dataKey(suite);
    const ciphertext = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, key.plaintext);
    expect(await unwrapped(opening, wrappedAs(ciphertext), key)).toEqual(key.plaintext);
  });

  it('makes a random key of a wrong padding, so that nobody learns that it was wrong', async () => {
    const { plaintext, ...key } = dataKey();
    const padded = Buffer.alloc(256, 0xaa);
    padded.set([0, 2]);
    padded[223] = 0;
    padded.set(plaintext, 224);
    const raw = (bytes: Uint8Array) => publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, bytes);
    const open = async (bytes: Uint8Array) => (await unwrapped(opening, wrappedAs(raw(bytes)), { ...key, plaintext }))!;
    expect(await open(padded)).toEqual(plaintext);
    for (const [at, byte] of [
      [0, 1],
      [1, 1],
      [1, 3],
      [2, 0],
      [100, 0],
      [222, 0],
      [223, 1],
    ] as const) {
      const wrong = Uint8Array.from(padded);
      wrong[at] = byte;
      const opened = await open(wrong);
      expect(opened).toHaveLength(32);
      expect(opened, `byte ${at}`).not.toEqual(plaintext);
    }
  });

  it('does not seal', async () => {
    await expect(opening.wrap(dataKey())).rejects.toThrow('only for opening');
  });
});

it('refuses other kinds of key, none, and the namespace of KMS', () => {
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
  expect(() => rawRsaKeyring({ ...id, publicKey: curve.publicKey })).toThrow('not an RSA key');
  expect(() => rawRsaKeyring({ ...id, privateKey: pss.privateKey })).toThrow('not an RSA key');
  expect(() => rawRsaKeyring(id)).toThrow('needs a key');
  expect(() => rawRsaKeyring({ ...id, namespace: 'aws-kms', publicKey })).toThrow('"aws-kms"');
});
