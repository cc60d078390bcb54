import { createHash, createPublicKey, verify } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verb as verifyVerb } from '../../../src/commands/key/verify.ts';
import { contextOver, instead, memoryClients, refused } from '../../helpers/memory-clients.ts';
import { newVault } from './latchkey.ts';

let vault: Awaited<ReturnType<typeof newVault>>;
beforeAll(async () => {
  vault = await newVault();
  const kinds = { p256: 'ECC_NIST_P256', p521: 'ECC_NIST_P521', rsa: 'RSA_2048', ed: 'ECC_NIST_EDWARDS25519' };
  for (const [alias, spec] of Object.entries(kinds))
    await vault.latchkey(['key', 'create', '--alias', alias, '--spec', spec, '--usage', 'SIGN_VERIFY']);
});
afterAll(() => vault.remove());

const long = Buffer.alloc(1_000_000, 'a long message ');
const hashOf = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest();

const sign = async (alias: string, stdin: Uint8Array, ...more: string[]) =>
  (await vault.latchkey(['key', 'sign', `alias/${alias}`, ...more], { stdin })).bytes;

async function check(alias: string, stdin: Uint8Array, signature: Uint8Array, ...more: string[]) {
  const file = path.join(vault.place, 'signature');
  fs.writeFileSync(file, signature);
  return vault.latchkey(['key', 'verify', `alias/${alias}`, '--signature', file, ...more], { stdin });
}

const publicKey = async (alias: string) =>
  createPublicKey((await vault.latchkey(['key', 'public-key', `alias/${alias}`])).stdout);

describe('a message of any size', () => {
  it.each([
    ['p256', 'sha256'],
    ['p521', 'sha512'],
    ['rsa', 'sha256'],
  ])('%s: its digest is signed, and OpenSSL verifies the message', async (alias, hash) => {
    for (const message of [Buffer.from('short'), Buffer.alloc(4096, 1), Buffer.alloc(4097, 1), long]) {
      const signature = await sign(alias, message);
      expect(verify(hash, message, await publicKey(alias), signature)).toBe(true);
      expect((await check(alias, message, signature)).exit).toBe(0);
      expect((await check(alias, Buffer.concat([message, Buffer.from('x')]), signature)).exit).toBe(1);
    }
  });

  it('Ed25519 takes a short one as it is, and a long one by its other algorithm', async () => {
    const message = Buffer.from('short');
    const signature = await sign('ed', message);
    expect(verify(null, message, await publicKey('ed'), signature)).toBe(true);
    const ofLong = await sign('ed', long);
    expect((await check('ed', long, ofLong)).exit).toBe(0);
    expect((await check('ed', hashOf('sha512', long), ofLong, '--digest')).exit).toBe(0);
    const { exit, said } = await vault.latchkey(['key', 'sign', 'alias/ed', '--algorithm', 'ED25519_SHA_512'], {
      stdin: long,
    });
    expect([exit, ...said]).toEqual([
      2,
      'latchkey: error: the message is 1,000,000 bytes, and ED25519_SHA_512 takes at most 4,096',
      'latchkey: hint: for any size: --algorithm ED25519_PH_SHA_512',
    ]);
  });
});

describe('a digest', () => {
  it.each([
    ['rsa', 'sha256'],
    ['rsa', 'sha384'],
    ['rsa', 'sha512'],
    ['p521', 'sha512'],
  ])('%s, %s: the algorithm is the first that takes one of its length', async (alias, hash) => {
    const digest = hashOf(hash, long);
    for (const given of [digest, Buffer.from(`${digest.toString('hex')}  a file.tgz\n`)]) {
      const signature = await sign(alias, given, '--digest');
      expect(verify(hash, long, await publicKey(alias), signature)).toBe(true);
      expect((await check(alias, given, signature, '--digest')).exit).toBe(0);
    }
  });

  it('of another length is refused, with those that there are', async () => {
    const { exit, said } = await vault.latchkey(['key', 'sign', 'alias/rsa', '--digest'], { stdin: Buffer.alloc(20) });
    expect([exit, said[0]]).toEqual([
      2,
      'latchkey: error: expected a digest of 32 or 48 or 64 bytes, got another length',
    ]);
  });
});

describe('how a signature is written', () => {
  const message = Buffer.from('message');

  it('on a terminal as base64, with what was done beside it', async () => {
    const file = path.join(vault.place, 'message');
    fs.writeFileSync(file, message);
    const { stdout, said } = await vault.latchkey(['key', 'sign', 'alias/p256', file], { tty: true });
    expect(stdout).toMatch(/^[A-Za-z0-9+/]+={0,2}\n$/);
    expect(said).toEqual(['signed with ECDSA_SHA_256']);
    const { exit, said: verdict } = await check('p256', message, Buffer.from(stdout));
    expect([exit, verdict]).toEqual([0, []]);
  });

  it('nobody at a terminal is waited for', async () => {
    expect(await vault.latchkey(['key', 'sign', 'alias/p256'], { tty: true })).toMatchObject({
      exit: 2,
      said: ['latchkey: error: there is no message', 'latchkey: hint: name its file, or pipe it in'],
    });
  });

  it('into a file that nobody else can read, whole', async () => {
    const out = path.join(vault.place, 'out.sig');
    await sign('rsa', message, '--out', out);
    expect(fs.statSync(out).size).toBe(256);
    expect(fs.statSync(out).mode & 0o777).toBe(0o600);
  });
});

it('only a false signature is an answer: whoever may not ask is told so', async () => {
  const { kms } = await memoryClients();
  const { KeyMetadata } = await kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  const signature = path.join(vault.place, 'any');
  fs.writeFileSync(signature, 'any');
  const file = path.join(vault.place, 'text');
  fs.writeFileSync(file, 'text');
  const { context } = contextOver({ kms: instead(kms, { verify: refused('AccessDeniedException') }) });
  await expect(verifyVerb.run(context, [KeyMetadata!.KeyId!, file], { signature } as never)).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});
