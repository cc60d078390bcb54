import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../../src/commands/secret/snippet/languages.ts';
import { parseSecret } from '../../../src/reference/reference.ts';
import { authenticateSigned } from '../../../src/vault/serve/authenticate.ts';
import { startServer } from '../../../src/vault/serve/server.ts';
import { createVault, type Vault } from '../../../src/vault/vault.ts';

const runFile = promisify(execFile);
const root = path.join(import.meta.dirname, '../../..');
const hasBoto = spawnSync('python3', ['-c', 'import boto3']).status === 0;
const isBuilt = fs.existsSync(path.join(root, 'dist/start.cjs'));

const key = 'it\'s "odd" `$x` \\n 🔑';
const json = JSON.stringify({ password: 'hunter2', [key]: 'found', nested: { 'a/b': [1, { deep: 'there' }] } });

let vault: Vault;
let server: Awaited<ReturnType<typeof startServer>>;
let environment: Record<string, string>;

beforeAll(async () => {
  vault = await createVault({ file: ':memory:', secret: { key: Buffer.alloc(32, 1) }, account: '000000000000' });
  const door = { find: vault.accessKeys.find, clock: () => new Date() };
  server = await startServer({
    ...{ vault, port: 0 },
    authenticate: (request, service) => authenticateSigned(door, request, service),
  });
  const { accessKeyId, secretAccessKey } = vault.accessKeys.create({});
  environment = {
    ...{ PATH: process.env.PATH ?? '', HOME: '/nowhere', NO_PROXY: '127.0.0.1,localhost' },
    ...{ AWS_ENDPOINT_URL: server.url, AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' },
    ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  };
  const call = (operation: string, input: object) =>
    vault.handle({ service: 'secretsmanager', operation, input, region: 'eu-west-1' });
  const token = (letter: string) => letter.repeat(32);
  await call('CreateSecret', { Name: 'prod/db', SecretString: 'before', ClientRequestToken: token('a') });
  await call('PutSecretValue', { SecretId: 'prod/db', SecretString: json, ClientRequestToken: token('b') });
});

afterAll(async () => {
  await server.close();
  vault.close();
});

/** Runs a command on what stands behind `-e` or `-c`; resolves to what it prints. */
async function output(command: string, args: string[]): Promise<string> {
  const { stdout } = await runFile(command, args, { cwd: root, env: environment });
  return stdout;
}

const references: [reference: string, value: string][] = [
  ['prod/db#password', 'hunter2'],
  ['prod/db:AWSPREVIOUS', 'before'],
  [`prod/db:${'a'.repeat(32)}`, 'before'],
  ['region=eu-west-1:prod/db#nested/a~1b/1/deep', 'there'],
  [`prod/db#${key}`, 'found'],
];

describe.each(references)('the code that reads %s', (reference, value) => {
  const parsed = parseSecret(reference);

  it('runs in JavaScript', async () => {
    const code = `${languages.javascript(parsed)}\nprocess.stdout.write(value);`;
    expect(await output(process.execPath, ['--input-type=module', '-e', code])).toBe(value);
  });

  it.skipIf(!hasBoto)('runs in Python (skipped where boto3 is not installed)', async () => {
    expect(await output('python3', ['-c', `${languages.python(parsed)}\nprint(value, end="")`])).toBe(value);
  });

  it.skipIf(!isBuilt)('runs in a shell (skipped without dist)', async () => {
    const program = `latchkey() { '${process.execPath}' '${path.join(root, 'bin/latchkey.cjs')}' "$@"; }`;
    const code = `${program}\n${languages.shell(parsed)}\nprintf %s "$value"`;
    expect(await output('sh', ['-c', code])).toBe(value);
  });
});

it('escapes what Rust has no short form for', () => {
  expect(languages.rust(parseSecret('db#a\b\u0001"'))).toContain('json.pointer("/a\\x08\\u{0001}\\"")');
});
