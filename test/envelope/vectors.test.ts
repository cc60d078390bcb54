// The published vectors of the AWS Encryption SDK, where they lie beside the project: every message that opens with a raw key.
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Keyring } from '../../src/envelope/keyring.ts';
import { rawAesKeyring } from '../../src/envelope/keyrings/raw-aes.ts';
import { type OaepHash, rawRsaKeyring } from '../../src/envelope/keyrings/raw-rsa.ts';
import { type OpenOptions, open } from '../../src/envelope/open.ts';
import { suiteOf } from '../../src/envelope/suites.ts';
import { collect, pieces } from './bytes.ts';

const archive = path.join(import.meta.dirname, '../../../shared/vectors/v4-Net-4.0.1.zip');
const unzip = ['-q', archive, '-d'];

function why(): string | undefined {
  if (!fs.existsSync(archive)) return 'the vectors are not there';
  try {
    execFileSync('unzip', ['-v'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'there is no unzip';
  }
}

interface MasterKey {
  readonly type: 'raw' | 'aws-kms';
  readonly key: string;
  readonly 'provider-id': string;
  readonly 'encryption-algorithm': 'aes' | 'rsa';
  readonly 'padding-hash'?: OaepHash;
}
interface Vector {
  readonly ciphertext: string;
  readonly cmm: 'Default' | 'RequiredEncryptionContext';
  readonly 'encryption-context': Record<string, string>;
  readonly 'master-keys': readonly MasterKey[];
  readonly result: { readonly output: { readonly plaintext: string } };
}
type Keys = Record<string, { readonly material: string; readonly 'key-id': string; readonly type: string }>;

const reason = why();
describe.skipIf(reason)(`the published vectors${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-vectors-'));
  const read = (name: string) => fs.readFileSync(path.join(place, name.replace('file://', '')));
  let keys: Keys = {};
  let vectors: [string, Vector][] = [];

  beforeAll(() => {
    execFileSync('unzip', [...unzip, place]);
    keys = JSON.parse(read('keys.json').toString()).keys;
    vectors = Object.entries<Vector>(JSON.parse(read('manifest.json').toString()).tests);
  });
  afterAll(() => fs.rmSync(place, { recursive: true }));

  const keyringOf = (master: MasterKey): Keyring => {
    const { material, 'key-id': name, type } = keys[master.key]!;
    const namespace = master['provider-id'];
    if (master['encryption-algorithm'] === 'aes') {
      return rawAesKeyring({ namespace, name, key: Buffer.from(material, 'base64') });
    }
    const key =
      type === 'public' ? { publicKey: createPublicKey(material) } : { privateKey: createPrivateKey(material) };
    return rawRsaKeyring({ namespace, name, ...key, padding: master['padding-hash'] });
  };

  /** As the manifest decides: the text, or what is wrong. */
  async function decide({ ciphertext, 'encryption-context': context, 'master-keys': masters, result }: Vector) {
    const message = read(ciphertext);
    const committed = suiteOf(message.readUInt16BE(message[0] === 2 ? 1 : 2)).version === 2;
    const options: OpenOptions = { commitment: committed ? 'require-require' : 'require-allow', context };
    const { plaintext } = await open(pieces(message, 1000), masters.map(keyringOf), options);
    return (await collect(plaintext)).equals(read(result.output.plaintext)) ? 'opens' : 'opens to another text';
  }

  it('opens every one that has a raw key, and counts the others', async () => {
    const raw = vectors.filter(([, { 'master-keys': masters }]) => masters.every(({ type }) => type === 'raw'));
    const decided = await Promise.all(raw.map(async ([name, one]) => [name, await decide(one).catch(String)] as const));
    expect(decided.filter(([, outcome]) => outcome !== 'opens')).toEqual([]);
    expect([decided.length, vectors.length - decided.length]).toEqual([99, 33]);
  });

  it('needs the context that was authenticated and not stored', async () => {
    const required = vectors.filter(
      ([
        ,
        {
          cmm,
          'master-keys': [master],
        },
      ]) => cmm === 'RequiredEncryptionContext' && master!.type === 'raw',
    );
    const without = required.map(([, one]) =>
      decide({ ...one, 'encryption-context': {} }).catch((error) => error.damage),
    );
    expect(new Set(await Promise.all(without))).toEqual(new Set(['header', 'no key fits']));
  });
});
