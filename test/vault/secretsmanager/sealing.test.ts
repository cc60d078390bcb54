import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../src/vault/store/database.ts';
import { openVault } from '../../../src/vault/vault.ts';
import { day, openService, refusal, region, rootSecret, token } from '../service.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-'));
  file = path.join(folder, 'vault');
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const values = ['correct horse battery staple', 'another-value-of-mine'];

async function withSecrets() {
  const service = await openService(file);
  const arns: string[] = [];
  for (const [index, SecretString] of values.entries()) {
    const { ARN } = await service.secrets.createSecret({
      Name: `s${index}`,
      SecretString,
      ClientRequestToken: token(),
    });
    arns.push(ARN!);
  }
  return { ...service, arns };
}

function tamper(sql: string): void {
  const database = openDatabase(file);
  database.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
  database.close();
}

const inFile = (text: string) => fs.readFileSync(file).includes(text);

test('no value is in the file, neither before nor after it is read, replaced and deleted', async () => {
  const { secrets, vault } = await withSecrets();
  await secrets.getSecretValue({ SecretId: 's0' });
  await secrets.updateSecret({ SecretId: 's0', SecretString: 'a third value', ClientRequestToken: token() });
  await secrets.deleteSecret({ SecretId: 's1', ForceDeleteWithoutRecovery: true });
  vault.close();
  expect(inFile('s0')).toBe(true);
  for (const value of [...values, 'a third value', Buffer.from(values[0]!).toString('base64')]) {
    expect(inFile(value)).toBe(false);
  }
});

test('a value moved to another secret does not open there', async () => {
  const { vault, arns } = await withSecrets();
  vault.close();
  tamper(`UPDATE secret_versions SET secret_string =
    (SELECT secret_string FROM secret_versions WHERE secret = '${arns[0]}') WHERE secret = '${arns[1]}'`);
  const again = await openVault({ file, unlock: async () => rootSecret });
  const get = (SecretId: string) =>
    refusal(again.handle({ service: 'secretsmanager', operation: 'GetSecretValue', input: { SecretId }, region }));
  expect(await get('s0')).toBe('no error');
  expect(await get('s1')).toMatch(/^VaultError: a sealed value of the vault does not open/);
  again.close();
});

test('what a passed window leaves behind is gone from the file at the next write', async () => {
  const { secrets, vault, wait, arns } = await withSecrets();
  await secrets.deleteSecret({ SecretId: 's1', RecoveryWindowInDays: 7 });
  wait(7 * day);
  expect(inFile(arns[1]!)).toBe(true);
  await secrets.createSecret({ Name: 'new' });
  expect(inFile(arns[1]!)).toBe(false);
  vault.close();
});

test('a key that cannot be used is named as the reason', async () => {
  const { secrets, kms, newKey } = await openService();
  const key = await newKey('alias/mine');
  const request = { Name: 'a', KmsKeyId: 'alias/mine', SecretString: 'value', ClientRequestToken: token() };
  await secrets.createSecret(request);
  await kms.disableKey({ KeyId: key });
  expect(await refusal(secrets.getSecretValue({ SecretId: 'a' }))).toBe(
    `DecryptionFailure: Secrets Manager can't decrypt the protected secret text using the provided KMS key: ${key} is disabled.`,
  );
  expect(await refusal(secrets.createSecret({ ...request, Name: 'b' }))).toBe(
    `InvalidParameterException: The operation failed because of an invalid KMS key: ${key} is disabled.`,
  );
});
