import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openConnection } from '../../../src/vault/store/binding.ts';
import { createVault, openVault, type ServiceName } from '../../../src/vault/vault.ts';

/** Vaults as released versions wrote them, one for each format; what they hold is read below. */
const formats = path.join(import.meta.dirname, 'formats');
const secret = { key: createHash('sha256').update('latchkey format test').digest() };

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-format-'));
  file = path.join(folder, 'vault.db');
  fs.writeFileSync(file, zlib.gunzipSync(fs.readFileSync(path.join(formats, '1.db.gz'))), { mode: 0o600 });
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const open = () => openVault({ file, unlock: async () => secret, clock: () => new Date('2026-02-20T00:00:00Z') });

test('a vault of format 1 opens, with all that was in it', async () => {
  const vault = await open();
  const ask = async (service: ServiceName, operation: string, input: object, region = 'eu-west-1') =>
    (await vault.handle({ service, operation, input, region })) as Record<string, unknown>;
  expect(vault.formatVersion()).toBeGreaterThan(1);
  expect(await vault.verify()).toEqual([]);
  const one = { SecretId: 'app/one' };
  expect(await ask('secretsmanager', 'GetSecretValue', one)).toMatchObject({ SecretString: 'two' });
  expect(await ask('secretsmanager', 'GetSecretValue', { ...one, VersionStage: 'AWSPREVIOUS' })).toMatchObject({
    SecretString: 'one',
  });
  expect(await ask('secretsmanager', 'DescribeSecret', one)).toMatchObject({
    Description: 'first',
    Tags: [{ Key: 'team', Value: 'red' }],
  });
  expect(await ask('secretsmanager', 'GetSecretValue', one, 'us-east-1')).toMatchObject({ SecretString: 'elsewhere' });
  const { SecretBinary } = await ask('secretsmanager', 'GetSecretValue', { SecretId: 'app/bytes' });
  expect(Buffer.from(SecretBinary as Uint8Array)).toEqual(Buffer.from([0, 1, 2, 255]));
  await expect(ask('secretsmanager', 'GetSecretValue', { SecretId: 'app/empty' })).rejects.toThrow('AWSCURRENT');
  await expect(ask('secretsmanager', 'GetSecretValue', { SecretId: 'app/gone' })).rejects.toThrow(
    'marked for deletion',
  );
  expect(await ask('ssm', 'GetParameter', { Name: '/app/plain' })).toMatchObject({
    Parameter: { Value: 'plain 2', Version: 2 },
  });
  expect(await ask('ssm', 'GetParameter', { Name: '/app/plain:1' })).toMatchObject({ Parameter: { Value: 'plain 1' } });
  expect(await ask('ssm', 'GetParameter', { Name: '/app/secure', WithDecryption: true })).toMatchObject({
    Parameter: { Value: 'secure', Type: 'SecureString' },
  });
  const CiphertextBlob = Buffer.from(
    'ASQzNzQyMDdlNy00NzMzLTRhOTYtOWU4Yy1hMzgyNGQ4NTFmOGXw5b2tPmDUuZ0/89rtnlFmo+hefZqSCQ6hHMJHORyt2aR0ffEBkJ66vFnl6ynr1P7GaShsiXaWkE4zX01Ob7Lj0Q2nSKoP',
    'base64',
  );
  const { Plaintext } = await ask('kms', 'Decrypt', { CiphertextBlob, EncryptionContext: { a: 'b' } });
  expect(Buffer.from(Plaintext as Uint8Array).toString()).toBe('hello');
  vault.close();
});

test('a vault of format 2 opens, and its keys are symmetric ones of one Region', async () => {
  fs.writeFileSync(file, zlib.gunzipSync(fs.readFileSync(path.join(formats, '2.db.gz'))), { mode: 0o600 });
  const vault = await open();
  const ask = async (service: ServiceName, operation: string, input: object) =>
    (await vault.handle({ service, operation, input, region: 'eu-west-1' })) as Record<string, unknown>;
  const decrypted = async (CiphertextBlob: string, EncryptionContext?: object) => {
    const blob = Buffer.from(CiphertextBlob, 'base64');
    const { Plaintext } = await ask('kms', 'Decrypt', { CiphertextBlob: blob, EncryptionContext });
    return Buffer.from(Plaintext as Uint8Array).toString();
  };
  expect(vault.formatVersion()).toBeGreaterThan(2);
  expect(await vault.verify()).toEqual([]);
  expect(await ask('kms', 'DescribeKey', { KeyId: 'alias/mine' })).toMatchObject({
    KeyMetadata: { Description: 'mine', KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'ENCRYPT_DECRYPT', MultiRegion: false },
  });
  expect(await ask('kms', 'GetKeyRotationStatus', { KeyId: await mineOf(ask) })).toMatchObject({
    KeyRotationEnabled: true,
    RotationPeriodInDays: 90,
  });
  expect(await decrypted(format2.first, { a: 'b' })).toBe('before');
  expect(await decrypted(format2.second)).toBe('after');
  expect(await ask('secretsmanager', 'GetSecretValue', { SecretId: 'app/one' })).toMatchObject({ SecretString: 'one' });
  vault.close();
});

/** Encrypted under the first material of the key in the vault of format 2, and under the second. */
const format2 = {
  first:
    'ASRkZDI0YmNhMi1hODU4LTRiMDQtYjk5YS00MzMwZTYyYzJiZmOFb0vNRT//rv1+rHjkO98QVFhSEUnNyb/7pLBm87NExvQwymoBZ7OtwBYCDyDbnsuKNfZPdaTPIwXA/sZ2K/FD6l1XdKiVPA==',
  second:
    'ASRkZDI0YmNhMi1hODU4LTRiMDQtYjk5YS00MzMwZTYyYzJiZmMZCQ0LVD2pcPIqTgPOTcg/pEMSi2Cpv03zMypVovyW9UqDacIBy/l0QBIx0+FdQw2kRMRuZtTFW8rtjM0mb1z8o7g58cEv',
};

async function mineOf(ask: (service: ServiceName, operation: string, input: object) => Promise<object>) {
  const { KeyMetadata } = (await ask('kms', 'DescribeKey', { KeyId: 'alias/mine' })) as {
    KeyMetadata: { KeyId: string };
  };
  return KeyMetadata.KeyId;
}

/** The tables of a file, and what refers to what. */
function schemaOf(path: string): unknown[] {
  const connection = openConnection(path);
  try {
    return connection.prepare('SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name').all();
  } finally {
    connection.close();
  }
}

test('its tables are then those of a new vault, and it stays open to reads and writes', async () => {
  const upgraded = await open();
  const input = {
    SecretId: 'app/one',
    SecretString: 'three',
    ClientRequestToken: '00000000-0000-0000-0000-000000000103',
  };
  await upgraded.handle({ service: 'secretsmanager', operation: 'PutSecretValue', input, region: 'eu-west-1' });
  upgraded.close();
  const fresh = path.join(folder, 'fresh.db');
  (await createVault({ file: fresh, secret, account: '123456789012' })).close();
  expect(schemaOf(file)).toEqual(schemaOf(fresh));
  const again = await open();
  expect(await again.verify()).toEqual([]);
  again.close();
});

test.skipIf(process.getuid?.() === 0)('a file that may not be written is left as it is, and said so', async () => {
  fs.chmodSync(file, 0o400);
  await expect(open()).rejects.toMatchObject({ name: 'VaultError', code: 'denied' });
});
