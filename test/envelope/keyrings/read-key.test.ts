import { type createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { printKeyFile } from '../../../src/envelope/keyrings/key-file.ts';
import { newAesKey, newRsaKey } from '../../../src/envelope/keyrings/new-key.ts';
import { keyringOf, readKey } from '../../../src/envelope/keyrings/read-key.ts';
import { dataKey, unwrapped } from './data-key.ts';

const cost = { N: 1024, r: 8, p: 1 };
const trouble = (name: string) => expect.objectContaining({ name: 'KeyError', trouble: name });
const read = (text: string, passphrase?: string) =>
  readKey(Buffer.from(text), passphrase === undefined ? undefined : async () => passphrase);

describe('a new AES key', () => {
  it.each([128, 192, 256] as const)('of %i bits seals and opens', async (bits) => {
    const { file, name } = await newAesKey({ bits });
    const key = await read(file);
    expect(key).toMatchObject({ kind: 'aes', name });
    const [sealing, opening] = [keyringOf(key), keyringOf(await read(file))];
    const data = dataKey();
    expect(await unwrapped(opening, await sealing.wrap(data), data)).toEqual(data.plaintext);
  });

  it('may have a name, and be locked', async () => {
    const { file, name } = await newAesKey({ name: 'backups', passphrase: 'horse', cost });
    expect(name).toBe('backups');
    expect(await read(file, 'horse')).toMatchObject({ kind: 'aes', name });
    await expect(read(file, 'house')).rejects.toThrow(trouble('passphrase'));
    await expect(read(file)).rejects.toThrow(trouble('locked'));
  });
});

describe('a new RSA key', async () => {
  const made = await newRsaKey({ bits: 2048 });
  const locked = await newRsaKey({ bits: 2048, passphrase: 'horse', cost });

  it('seals with the public file, and opens with the private one, under one name', async () => {
    const key = await read(made.file);
    const publicKey = await read(made.publicFile);
    expect([key.name, publicKey.name]).toEqual([made.name, made.name]);
    const data = dataKey();
    const wrapped = await keyringOf(publicKey).wrap(data);
    expect(wrapped).toMatchObject([{ provider: 'latchkey', info: Buffer.from(made.name) }]);
    expect(await unwrapped(keyringOf(key), wrapped, data)).toEqual(data.plaintext);
    expect(await unwrapped(keyringOf(publicKey), wrapped, data)).toBeUndefined();
  });

  it('may be locked', async () => {
    expect(locked.file).toMatch(/^latchkey rsa key rsa-[0-9a-f]{16}\nlocked scrypt:/);
    const data = dataKey();
    const wrapped = await keyringOf(await read(locked.publicFile)).wrap(data);
    expect(await unwrapped(keyringOf(await read(locked.file, 'horse')), wrapped, data)).toEqual(data.plaintext);
    await expect(read(locked.file, 'house')).rejects.toThrow(trouble('passphrase'));
  });

  it('is read as PKCS #8 and PKCS #1, encrypted or not', async () => {
    const key = await read(made.file);
    if (key.kind !== 'rsa') throw new Error('not RSA');
    const pkcs1 = key.privateKey!.export({ type: 'pkcs1', format: 'pem' }).toString();
    const publicPkcs1 = key.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    const lock = { format: 'pem', cipher: 'aes-256-cbc', passphrase: 'horse' } as const;
    const encrypted = key.privateKey!.export({ type: 'pkcs8', ...lock }).toString();
    const old = key.privateKey!.export({ type: 'pkcs1', ...lock }).toString();
    for (const text of [pkcs1, publicPkcs1]) expect((await read(text)).name).toBe(made.name);
    for (const text of [encrypted, old]) {
      expect(await read(text, 'horse')).toMatchObject({ name: made.name, kind: 'rsa' });
      await expect(read(text, 'house')).rejects.toThrow(trouble('passphrase'));
      await expect(read(text)).rejects.toThrow(trouble('locked'));
    }
  });
});

it('reads an AES key by itself, as bytes or in base64, and names it after itself', async () => {
  for (const length of [16, 24, 32]) {
    const key = randomBytes(length);
    const found = await readKey(key);
    expect(found).toMatchObject({ kind: 'aes', key: Uint8Array.from(key) });
    expect(await read(`${key.toString('base64')}\n`)).toEqual(found);
  }
});

it('goes by another name and namespace where that is wished', async () => {
  const key = await readKey(randomBytes(32));
  const [one] = await keyringOf(key, { namespace: 'theirs', name: 'k1' }).wrap(dataKey());
  expect(one).toMatchObject({ provider: 'theirs' });
  expect(Buffer.from(one!.info.subarray(0, 2)).toString()).toBe('k1');
});

describe('refuses', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['31 bytes', randomBytes(31)],
    ['33 bytes', randomBytes(33)],
    ['a text', Buffer.from('correct horse battery staple')],
    ['base64 of another length', Buffer.from(`${randomBytes(20).toString('base64')}\n`)],
    ['PEM of nothing', Buffer.from('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n')],
    ['a broken private key', Buffer.from('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n')],
  ])('%s', async (_, file) => {
    await expect(readKey(file)).rejects.toThrow(trouble('no key'));
  });

  it('keys that are not for RSA encryption, or too short', async () => {
    const pem = (key: ReturnType<typeof createPublicKey>) => key.export({ type: 'spki', format: 'pem' }).toString();
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await expect(read(pem(curve.publicKey))).rejects.toThrow(trouble('kind'));
    await expect(read(curve.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).rejects.toThrow(
      trouble('kind'),
    );
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
    await expect(read(pem(weak.publicKey))).rejects.toThrow(trouble('length'));
  });

  it('a locked file that holds no RSA key', async () => {
    const file = await printKeyFile({ kind: 'rsa', name: 'a', key: randomBytes(40) }, { passphrase: 'horse', cost });
    await expect(read(file, 'horse')).rejects.toThrow(trouble('no key'));
  });
});
