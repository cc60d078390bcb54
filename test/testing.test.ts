import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { KMS } from '@aws-sdk/client-kms';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { beforeAll, expect, it } from 'vitest';
import { vaultHandler } from '../src/testing.ts';

beforeAll(() => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
});

const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
const region = 'eu-west-1';

it('gives clients a vault of their own, which they share', async () => {
  const config = { region, credentials, requestHandler: vaultHandler() };
  const [secrets, ssm, kms, sts] = [new SecretsManager(config), new SSM(config), new KMS(config), new STS(config)];
  await secrets.createSecret({ Name: 'db', SecretString: 'correct horse' });
  const Name = '/aws/reference/secretsmanager/db';
  expect((await ssm.getParameter({ Name, WithDecryption: true })).Parameter!.Value).toBe('correct horse');
  expect((await kms.describeKey({ KeyId: 'alias/aws/secretsmanager' })).KeyMetadata!.KeyManager).toBe('AWS');
  expect((await sts.getCallerIdentity({})).Account).toBe('000000000000');
  secrets.destroy();
  expect((await ssm.getParameter({ Name, WithDecryption: true })).Parameter!.Value).toBe('correct horse');
});

it('keeps vaults, Regions and accounts apart, and forgets', async () => {
  const requestHandler = vaultHandler({ account: '123456789012' });
  const secrets = new SecretsManager({ region, credentials, requestHandler });
  await secrets.createSecret({ Name: 'a', SecretString: 'x' });
  const count = async (config: object) =>
    (await new SecretsManager({ region, credentials, requestHandler, ...config }).listSecrets({})).SecretList!.length;
  expect(await count({})).toBe(1);
  expect(await count({ region: 'us-east-1' })).toBe(0);
  expect(await count({ credentials: { accessKeyId: '210987654321', secretAccessKey: 'any' } })).toBe(0);
  expect(await count({ requestHandler: vaultHandler() })).toBe(0);
  await requestHandler.forget();
  expect(await count({})).toBe(0);
});

it('goes by the clock that it is given', async () => {
  let now = new Date('2026-03-01T00:00:00Z');
  const secrets = new SecretsManager({ region, credentials, requestHandler: vaultHandler({ clock: () => now }) });
  await secrets.createSecret({ Name: 'a', SecretString: 'x' });
  await secrets.deleteSecret({ SecretId: 'a', RecoveryWindowInDays: 7 });
  now = new Date('2026-03-09T00:00:00Z');
  await expect(secrets.describeSecret({ SecretId: 'a' })).rejects.toThrow("can't find");
});

const dist = path.join(import.meta.dirname, '../dist');

it.skipIf(!fs.existsSync(path.join(dist, 'testing.cjs')))(
  'is there for import and require, with types (skipped where nothing is built)',
  () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-import-'));
    fs.mkdirSync(path.join(folder, 'node_modules'));
    fs.symlinkSync(path.join(dist, '..'), path.join(folder, 'node_modules/latchkey'), 'junction');
    fs.writeFileSync(
      path.join(folder, 'a.mjs'),
      "import { vaultHandler } from 'latchkey/testing'; console.log(typeof vaultHandler().handle);",
    );
    fs.writeFileSync(
      path.join(folder, 'b.cjs'),
      "const { vaultHandler } = require('latchkey/testing'); console.log(typeof vaultHandler().handle);",
    );
    for (const file of ['a.mjs', 'b.cjs']) {
      expect(spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' }).stdout).toBe('function\n');
    }
    expect(fs.readFileSync(path.join(dist, 'testing.d.ts'), 'utf8')).toContain('export declare function vaultHandler');
    fs.rmSync(folder, { recursive: true });
  },
);
