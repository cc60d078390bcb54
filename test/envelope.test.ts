import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { KMS } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspect, kmsKeyring, open, passphraseKeyring, seal } from '../src/envelope.ts';
import { vaultHandler } from '../src/testing.ts';
import { collect } from './envelope/bytes.ts';

it('seals for a KMS key and for a passphrase, and opens with either', async () => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const kms = new KMS({ region: 'eu-west-1', credentials, requestHandler: vaultHandler() });
  const keyId = (await kms.createKey({})).KeyMetadata!.Arn!;
  const kmsKey = kmsKeyring({ keyId, kms });
  const cost = { N: 1024, r: 8, p: 1 };
  const keyrings = [kmsKey, passphraseKeyring('correct horse', cost)];
  const context = { file: 'dump.sql' };
  const message = await collect(
    seal(Readable.from([Buffer.from('select '), Buffer.from('1;')]), keyrings, { context }),
  );
  expect((await inspect(message)).wrapped.map(({ provider }) => provider)).toEqual(['aws-kms', 'latchkey-passphrase']);
  for (const keyring of [kmsKey, passphraseKeyring('correct horse')]) {
    const { plaintext } = await open(Readable.from([message]), [keyring], { context });
    expect(`${await collect(plaintext)}`).toBe('select 1;');
  }
});

const dist = path.join(import.meta.dirname, '../dist');

describe.skipIf(!fs.existsSync(path.join(dist, 'envelope.cjs')))('the entry (skipped where nothing is built)', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-import-'));
  const write = (name: string, ...lines: string[]) => fs.writeFileSync(path.join(folder, name), lines.join('\n'));
  const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

  beforeAll(() => {
    fs.mkdirSync(path.join(folder, 'node_modules'));
    fs.symlinkSync(path.join(dist, '..'), path.join(folder, 'node_modules/latchkey'), 'junction');
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it('is there for import and require', () => {
    write(
      'a.mjs',
      "import { seal, open, inspect } from 'latchkey/envelope';",
      'console.log(typeof (seal ?? open ?? inspect));',
    );
    write('b.cjs', "const { seal } = require('latchkey/envelope');", 'console.log(typeof seal);');
    for (const file of ['a.mjs', 'b.cjs']) expect(node(file).stdout).toBe('function\n');
  });

  it('seals and opens what is long in a thread beside, and keeps Node from ending only while it is at it', () => {
    write(
      'long.mjs',
      "import { open, rawAesKeyring, seal } from 'latchkey/envelope';",
      "const keyring = rawAesKeyring({ namespace: 'n', name: 'k', key: new Uint8Array(32) });",
      'async function* source() { for (let i = 0; i < 9; i++) yield new Uint8Array(1_000_000).fill(i); }',
      'let length = 0;',
      'for await (const piece of (await open(seal(source(), [keyring]), [keyring])).plaintext) length += piece.length;',
      'const forgotten = seal(source(), [keyring]);',
      'for (let piece = 0; piece < 6; piece++) await forgotten.next();',
      'console.log(length);',
    );
    const { status, stdout } = spawnSync(process.execPath, ['long.mjs'], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect([status, stdout]).toEqual([0, '9000000\n']);
  });

  it('has types, as far as they go', () => {
    write(
      'c.mts',
      "import { EnvelopeError, type Keyring, open, rawAesKeyring, type SealOptions, seal } from 'latchkey/envelope';",
      "const keyring: Keyring = rawAesKeyring({ namespace: 'n', name: 'k', key: new Uint8Array(32) });",
      "const options: SealOptions = { suite: '0478', context: { a: 'b' } };",
      'export async function both(source: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {',
      '  const { plaintext, header } = await open(seal(source, [keyring], options), [keyring]);',
      '  const length: number = header.frameLength;',
      "  if (length === 0) throw new EnvelopeError('body');",
      '  return plaintext;',
      '}',
      '// @ts-expect-error: there is no such suite',
      "export const wrong: SealOptions = { suite: '0479' };",
    );
    const root = path.join(dist, '..');
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const flags = '--ignoreConfig --strict --noEmit --target es2023 --module nodenext --types node --typeRoots';
    const { status, stdout } = node(tsc, 'c.mts', ...flags.split(' '), path.join(root, 'node_modules/@types'));
    expect([status, stdout]).toEqual([0, '']);
  });
});
