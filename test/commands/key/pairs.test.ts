import { createECDH, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newVault } from './latchkey.ts';

let vault: Awaited<ReturnType<typeof newVault>>;
beforeAll(async () => {
  vault = await newVault();
  await vault.latchkey(['key', 'create', '--alias', 'app']);
});
afterAll(() => vault.remove());

describe('data-key-pair', () => {
  const pair = (...more: string[]) => vault.latchkey(['key', 'data-key-pair', 'alias/app', ...more]);

  it('writes both halves and the wrapped one, which opens to the same', async () => {
    const out = path.join(vault.place, 'device.pem');
    const { exit, stdout } = await pair('--spec', 'ECC_NIST_P256', '--out', out, '--context', 'device=7');
    expect([exit, Object.keys(JSON.parse(stdout))]).toEqual([0, expect.not.arrayContaining(['PrivateKeyPlaintext'])]);
    const modes = ['', '.pub', '.enc'].map((ending) => (fs.statSync(`${out}${ending}`).mode & 0o777).toString(8));
    expect(modes).toEqual(['600', '644', '600']);
    const key = createPrivateKey(fs.readFileSync(out));
    expect(createPublicKey(key).export({ type: 'spki', format: 'pem' })).toBe(fs.readFileSync(`${out}.pub`, 'utf8'));
    const opened = await vault.latchkey(['key', 'decrypt', '--value-file', `${out}.enc`, '--context', 'device=7']);
    expect(opened.bytes).toEqual(key.export({ type: 'pkcs8', format: 'der' }));
  });

  it('without plaintext there is no file of it', async () => {
    const out = path.join(vault.place, 'later.pem');
    expect((await pair('--spec', 'RSA_2048', '--out', out, '--no-plaintext')).exit).toBe(0);
    expect([fs.existsSync(out), fs.existsSync(`${out}.enc`)]).toEqual([false, true]);
  });

  it('a private key is not for a terminal, and none is made', async () => {
    const argv = ['key', 'data-key-pair', 'alias/app', '--spec', 'ECC_NIST_P256', '--show-calls'];
    const { exit, said, stdout } = await vault.latchkey(argv, { tty: true });
    expect([exit, stdout, said[0]]).toEqual([2, '', 'latchkey: error: a private key is not for a terminal']);
  });

  it('piped it has the names of the API', async () => {
    const { stdout } = await pair('--spec', 'ECC_SECG_P256K1');
    const { PrivateKeyPlaintext } = JSON.parse(stdout);
    const key = createPrivateKey({ key: Buffer.from(PrivateKeyPlaintext, 'base64'), format: 'der', type: 'pkcs8' });
    expect(key.asymmetricKeyDetails?.namedCurve).toBe('secp256k1');
  });
});

describe('derive', () => {
  it.each([
    ['ECC_NIST_P256', 'prime256v1', 'P-256'],
    ['ECC_NIST_P384', 'secp384r1', 'P-384'],
    ['ECC_NIST_P521', 'secp521r1', 'P-521'],
  ])('%s comes to the secret that OpenSSL comes to', async (spec, curve, crv) => {
    const alias = `alias/${curve}`;
    await vault.latchkey(['key', 'create', '--alias', alias, '--spec', spec, '--usage', 'KEY_AGREEMENT']);
    const ours = createPublicKey((await vault.latchkey(['key', 'public-key', alias])).stdout);
    const other = createECDH(curve);
    other.generateKeys();
    const half = (other.getPublicKey().length - 1) / 2;
    const [x, y] = [other.getPublicKey().subarray(1, 1 + half), other.getPublicKey().subarray(1 + half)];
    const d = Buffer.concat([Buffer.alloc(half - other.getPrivateKey().length), other.getPrivateKey()]);
    const [x64, y64, d64] = [x, y, d].map((bytes) => bytes.toString('base64url'));
    const privateKey = createPrivateKey({ key: { kty: 'EC', crv, x: x64, y: y64, d: d64 }, format: 'jwk' });
    const theirs = createPublicKey(privateKey);
    const wanted = diffieHellman({ privateKey, publicKey: ours });
    for (const stdin of [
      theirs.export({ type: 'spki', format: 'pem' }),
      theirs.export({ type: 'spki', format: 'der' }),
    ]) {
      expect((await vault.latchkey(['key', 'derive', alias, '--public-key', '-'], { stdin })).bytes).toEqual(wanted);
    }
  });
});

describe('public-key', () => {
  it.each([
    ['ECC_SECG_P256K1', { kty: 'EC', crv: 'secp256k1', use: 'sig' }],
    ['ECC_NIST_EDWARDS25519', { kty: 'OKP', crv: 'Ed25519', use: 'sig' }],
    ['RSA_2048', { kty: 'RSA', e: 'AQAB', use: 'sig' }],
  ])('%s as JWK, PEM and DER is one key', async (spec, members) => {
    const create = ['key', 'create', '--spec', spec, '--usage', 'SIGN_VERIFY'];
    const arn = (await vault.latchkey(create)).stdout.trim();
    const print = (...more: string[]) => vault.latchkey(['key', 'public-key', arn, ...more]);
    const jwk = JSON.parse((await print('--jwk')).stdout);
    expect(jwk).toMatchObject({ ...members, kid: arn });
    const pem = (await print()).stdout;
    expect(createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' })).toBe(pem);
    const { bytes } = await print('--der');
    expect(createPublicKey({ key: bytes, type: 'spki', format: 'der' }).export({ type: 'spki', format: 'pem' })).toBe(
      pem,
    );
  });

  it('DER is not for a terminal', async () => {
    const create = ['key', 'create', '--spec', 'ECC_SECG_P256K1', '--alias', 'koblitz'];
    await vault.latchkey(create);
    const asked = await vault.latchkey(['key', 'public-key', 'alias/koblitz', '--der'], { tty: true });
    expect(asked).toMatchObject({ exit: 2, stdout: '' });
  });
});
