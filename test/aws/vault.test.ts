import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { clientsOf } from '../../src/aws/clients.ts';
import type { Clients } from '../../src/aws/services.ts';
import { createVault } from '../../src/vault/vault.ts';
import { terminalForTests } from '../helpers/terminal.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-clients-'));
const file = path.join(folder, 'vault.db');
const key = randomBytes(32);
const opened: Clients[] = [];

beforeAll(async () => (await createVault({ file, secret: { key }, account: '123456789012' })).close());
afterEach(() => {
  for (const clients of opened.splice(0)) clients.close();
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function clientsIn(region = 'eu-west-1', vault = file, secret = key) {
  const environment = { LATCHKEY_VAULT_KEY: secret.toString('base64') };
  const given = { terminal: terminalForTests(), environment, clock: () => new Date('2026-01-02T03:04:05Z') };
  const clients = await clientsOf({ kind: 'vault', file: vault, region, chosenBy: '--vault-file' }, given);
  opened.push(clients);
  return clients;
}

it('answers by the names of AWS, with native values, in its Region and at its time', async () => {
  const { secretsManager, sts } = await clientsIn();
  const SecretBinary = Uint8Array.from([0, 255]);
  await secretsManager.createSecret({ Name: 'binary', SecretBinary });
  const answer = await secretsManager.getSecretValue({ SecretId: 'binary' });
  expect([...answer.SecretBinary!]).toEqual([0, 255]);
  expect(answer.CreatedDate).toEqual(new Date('2026-01-02T03:04:05Z'));
  expect(answer.ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:binary-/);
  expect((await sts.getCallerIdentity({})).Account).toBe('123456789012');
  const elsewhere = (await clientsIn('eu-west-2')).secretsManager;
  await expect(elsewhere.getSecretValue({ SecretId: 'binary' })).rejects.toThrow();
});

it('gives a new version its token, unless it has one', async () => {
  const { secretsManager } = await clientsIn();
  const made = await secretsManager.createSecret({ Name: 'token', SecretString: 'one' });
  expect(made.VersionId).toMatch(/^[0-9a-f-]{36}$/);
  const ClientRequestToken = 'x'.repeat(32);
  const put = await secretsManager.putSecretValue({ SecretId: 'token', SecretString: 'two', ClientRequestToken });
  expect(put.VersionId).toBe(ClientRequestToken);
});

it('throws with the type of AWS and with what was asked', async () => {
  const { ssm } = await clientsIn();
  await expect(ssm.getParameter({ Name: '/none' })).rejects.toMatchObject({
    ...{ name: 'ParameterNotFound', service: 'ssm', operation: 'GetParameter', input: { Name: '/none' } },
  });
});

it('can be awaited, and opens nothing until it is called', async () => {
  const { kms, close } = await clientsIn('eu-west-1', path.join(folder, 'none.db'));
  expect(await Promise.resolve(kms)).toBe(kms);
  close();
  await expect(kms.listKeys({})).rejects.toMatchObject({ name: 'VaultError', code: 'missing' });
});

it('refuses another key', async () => {
  const { ssm } = await clientsIn('eu-west-1', file, randomBytes(32));
  await expect(ssm.describeParameters({})).rejects.toMatchObject({ name: 'VaultError', code: 'wrong-key' });
});
