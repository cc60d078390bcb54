import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, type KeyObject } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { EncryptionAlgorithmSpec, SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readKeyPair } from '../../../src/vault/kms/key-pair.ts';
import { newMaterial } from '../../../src/vault/kms/new-material.ts';
import { algorithmsOf, type KeySpec, type KeyUsage, specs } from '../../../src/vault/kms/specs.ts';
import { openKnownKeys } from './known-keys.ts';

/*
 * The vault and OpenSSL's own program, each way: what one makes, the other takes.
 */
const hasOpenSsl = spawnSync('openssl', ['version']).status === 0;
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-openssl-'));
const at = (name: string) => path.join(place, name);
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: place, stdio: 'pipe' });
const put = (name: string, bytes: string | Uint8Array) => fs.writeFileSync(at(name), bytes, { mode: 0o600 });
const pem = (key: KeyObject) =>
  key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' } as { format: 'pem'; type: 'pkcs8' });

const materials = new Map<KeySpec, Uint8Array>();
beforeAll(async () => {
  for (const [name, spec] of Object.entries(specs)) materials.set(name as KeySpec, await newMaterial(spec));
}, 120_000);
afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

/** A key of the vault that OpenSSL has too, in the files `key` and `public`. */
function shared(spec: KeySpec, usage: KeyUsage) {
  const { kms, addKey } = openKnownKeys();
  const KeyId = addKey(spec, usage, materials.get(spec)!);
  const { privateKey, publicKey } = readKeyPair(materials.get(spec)!);
  put('key', pem(privateKey));
  put('public', pem(publicKey));
  return { kms, KeyId };
}

const message = Buffer.from('attack at dawn');
const pairs = Object.entries(specs).filter(([, { kind }]) => kind !== 'symmetric' && kind !== 'hmac');
const signing = pairs.flatMap(([spec, { usages }]) =>
  usages.includes('SIGN_VERIFY')
    ? (algorithmsOf(spec as KeySpec, 'SIGN_VERIFY').SigningAlgorithms ?? []).map((algorithm) => [spec, algorithm])
    : [],
) as [KeySpec, SigningAlgorithmSpec][];

const pssOptions = ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:-1'];
const dgst = (algorithm: string) => [
  ...['dgst', `-sha${algorithm.slice(-3)}`],
  ...(algorithm.startsWith('RSASSA_PSS') ? pssOptions : []),
];

function signByOpenSsl(algorithm: string): Buffer {
  put('message', message);
  if (algorithm.startsWith('ED25519')) {
    openssl('pkeyutl', '-sign', '-rawin', '-inkey', 'key', '-in', 'message', '-out', 'signature');
  } else openssl(...dgst(algorithm), '-sign', 'key', '-out', 'signature', 'message');
  return fs.readFileSync(at('signature'));
}

function verifyByOpenSsl(algorithm: string, signature: Uint8Array): string {
  put('message', message);
  put('signature', signature);
  const ed = ['pkeyutl', '-verify', '-rawin', '-pubin', '-inkey', 'public', '-sigfile', 'signature', '-in', 'message'];
  const other = [...dgst(algorithm), '-verify', 'public', '-signature', 'signature', 'message'];
  return openssl(...(algorithm.startsWith('ED25519') ? ed : other)).toString();
}

describe.skipIf(!hasOpenSsl)('with openssl (skipped where there is none)', () => {
  // OpenSSL 3.0 has no Ed25519ph: RFC 8032's vector stands for it.
  test.each(signing.filter(([, algorithm]) => algorithm !== 'ED25519_PH_SHA_512'))('%s %s', async (spec, algorithm) => {
    const { kms, KeyId } = shared(spec, 'SIGN_VERIFY');
    const digest = createHash(`sha${algorithm.slice(-3)}`)
      .update(message)
      .digest();
    const asked = [
      { Message: message },
      ...(algorithm.startsWith('ED25519') ? [] : [{ Message: digest, MessageType: 'DIGEST' as const }]),
    ].map((said) => ({ ...said, KeyId, SigningAlgorithm: algorithm }));
    const theirs = signByOpenSsl(algorithm);
    for (const said of asked) {
      const { Signature } = await kms.sign(said);
      expect(verifyByOpenSsl(algorithm, Signature!)).toMatch(/Verified OK|Verified Successfully/);
      expect(await kms.verify({ ...said, Signature: theirs })).toMatchObject({ SignatureValid: true });
      for (const Signature of [theirs.with(-1, theirs.at(-1)! ^ 1), theirs.subarray(1), Buffer.alloc(theirs.length)]) {
        await expect(kms.verify({ ...said, Signature })).rejects.toThrow(
          expect.objectContaining({ name: 'KMSInvalidSignatureException', message: '' }),
        );
      }
    }
  });

  test.each(['RSA_2048', 'RSA_3072', 'RSA_4096'] as const)('%s encrypts', async (spec) => {
    const { kms, KeyId } = shared(spec, 'ENCRYPT_DECRYPT');
    for (const hash of ['1', '256']) {
      const EncryptionAlgorithm = `RSAES_OAEP_SHA_${hash}` as EncryptionAlgorithmSpec;
      const oaep = [
        ...['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', `rsa_oaep_md:sha${hash}`],
        ...['-pkeyopt', `rsa_mgf1_md:sha${hash}`],
      ];
      put('message', message);
      openssl('pkeyutl', '-encrypt', '-pubin', '-inkey', 'public', ...oaep, '-in', 'message', '-out', 'sealed');
      const theirs = { KeyId, EncryptionAlgorithm, CiphertextBlob: fs.readFileSync(at('sealed')) };
      expect((await kms.decrypt(theirs)).Plaintext).toEqual(message);
      const { CiphertextBlob } = await kms.encrypt({ KeyId, EncryptionAlgorithm, Plaintext: message });
      put('sealed', CiphertextBlob!);
      expect(openssl('pkeyutl', '-decrypt', '-inkey', 'key', ...oaep, '-in', 'sealed')).toEqual(message);
    }
  });

  test.each(['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521'] as const)('%s agrees on a secret', async (spec) => {
    const { kms, KeyId } = shared(spec, 'KEY_AGREEMENT');
    const peer = readKeyPair(await newMaterial(specs[spec]));
    put('peer', pem(peer.privateKey));
    const PublicKey = peer.publicKey.export({ format: 'der', type: 'spki' });
    const { SharedSecret } = await kms.deriveSharedSecret({ KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey });
    expect(SharedSecret).toEqual(openssl('pkeyutl', '-derive', '-inkey', 'peer', '-peerkey', 'public'));
  });
});
