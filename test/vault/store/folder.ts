import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createVault, openVault, type ServiceName, type Vault } from '../../../src/vault/vault.ts';
import { account, region, rootSecret } from '../service.ts';

/** A folder for each test, and the vault file in it. */
export function useFolder() {
  const place = { folder: '', file: '' };
  beforeEach(() => {
    place.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-'));
    place.file = path.join(place.folder, 'vault');
  });
  afterEach(() => fs.rmSync(place.folder, { recursive: true }));
  return place;
}

export const create = (file: string) => createVault({ file, secret: rootSecret, account });
export const open = (file: string) => openVault({ file, unlock: async () => rootSecret });

export const ask = (vault: Vault, service: ServiceName, operation: string, input: object) =>
  vault.handle({ service, operation, input, region }) as Promise<Record<string, unknown>>;

export const createSecret = (vault: Vault, Name: string, SecretString: string) =>
  ask(vault, 'secretsmanager', 'CreateSecret', {
    Name,
    SecretString,
    ClientRequestToken: Buffer.from(Name).toString('hex').padEnd(32, '0'),
  });

export const secretString = async (vault: Vault, SecretId: string) =>
  (await ask(vault, 'secretsmanager', 'GetSecretValue', { SecretId })).SecretString;

/** `code` of the `VaultError` a promise ends with, else what it ends with. */
export const trouble = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error) => (error.name === 'VaultError' ? error.code : error),
  );
