import fs from 'node:fs';
import { expect, test } from 'vitest';
import { openConnection } from '../../../src/vault/store/binding.ts';
import type { Vault } from '../../../src/vault/vault.ts';
import { ask, create, createSecret, open, secretString, useFolder } from './folder.ts';

const place = useFolder();
const Plaintext = Buffer.from('plaintext of mine');
const secrets = { a: 'value of a', b: 'value of b', c: 'value of c' };

/** A small vault with something of every kind in it; its bytes, and the reads that they must answer. */
async function smallVault() {
  const vault = await create(place.file);
  for (const [name, value] of Object.entries(secrets)) await createSecret(vault, name, value);
  const { KeyMetadata } = await ask(vault, 'kms', 'CreateKey', { Description: 'mine' });
  const { KeyId } = KeyMetadata as { KeyId: string };
  await ask(vault, 'kms', 'CreateAlias', { AliasName: 'alias/mine', TargetKeyId: KeyId });
  const { CiphertextBlob } = await ask(vault, 'kms', 'Encrypt', { KeyId: 'alias/mine', Plaintext });
  await ask(vault, 'ssm', 'PutParameter', { Name: 'p', Value: 'value of p', Type: 'String' });
  vault.close();
  const reads: [expected: unknown, read: (vault: Vault) => Promise<unknown>][] = [
    ...Object.entries(secrets).map(
      ([name, value]) => [value, (vault) => secretString(vault, name)] as (typeof reads)[0],
    ),
    [Plaintext, async (vault) => (await ask(vault, 'kms', 'Decrypt', { CiphertextBlob })).Plaintext],
    [
      'value of p',
      async (vault) => {
        const { Parameter } = await ask(vault, 'ssm', 'GetParameter', { Name: 'p' });
        return (Parameter as { Value: string }).Value;
      },
    ],
    ['no problem', async (vault) => (await vault.verify()) && 'no problem'],
    ['listed', async (vault) => (await ask(vault, 'secretsmanager', 'ListSecrets', {})) && 'listed'],
    ['listed', async (vault) => (await ask(vault, 'kms', 'ListAliases', {})) && 'listed'],
  ];
  return { bytes: fs.readFileSync(place.file), reads };
}

type Reads = Awaited<ReturnType<typeof smallVault>>['reads'];

const isForeseen = (error: Error) => error.name === 'VaultError' || (error as { type?: string }).type === error.name;

/** What is not right about a damaged vault: wrong values, and errors that are neither the vault's nor AWS's. */
async function wrongs(content: Uint8Array, reads: Reads): Promise<unknown[]> {
  fs.writeFileSync(place.file, content);
  const found: unknown[] = [];
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!isForeseen(error as Error)) found.push(error);
      return undefined;
    }
  };
  const vault = await attempt(() => open(place.file));
  for (const [expected, read] of vault ? reads : []) {
    const value = await attempt(() => read(vault!));
    if (value !== undefined && !Buffer.from(expected as string).equals(Buffer.from(value as string))) {
      found.push({ expected, value });
    }
  }
  vault?.close();
  return found;
}

/** `LATCHKEY_EVERY_BYTE=1` flips a bit in each byte of the file, which takes minutes. */
const step = process.env.LATCHKEY_EVERY_BYTE ? 1 : 389;

test('a flipped bit gives the right value or an error that says so', { timeout: 3_600_000 }, async () => {
  const { bytes, reads } = await smallVault();
  expect(await wrongs(bytes, reads)).toEqual([]);
  for (let index = 0; index < bytes.length; index += index < 100 ? 1 : step) {
    const changed = Buffer.from(bytes);
    changed[index]! ^= 1 << (index % 8);
    const found = await wrongs(changed, reads);
    expect(found, `byte ${index}`).toEqual([]);
  }
});

test('bytes overwritten with noise, likewise', { timeout: 60_000 }, async () => {
  const { bytes, reads } = await smallVault();
  for (let index = 0; index < bytes.length; index += 16 * step + 7) {
    const changed = Buffer.from(bytes);
    for (let at = index; at < index + 16 && at < bytes.length; at++) changed[at] = (at * 151 + index * 7 + 13) & 0xff;
    const found = await wrongs(changed, reads);
    expect(found, `bytes from ${index}`).toEqual([]);
  }
});

test('a truncated vault, likewise', { timeout: 60_000 }, async () => {
  const { bytes, reads } = await smallVault();
  for (let length = 0; length < bytes.length; length += 1021) {
    const found = await wrongs(bytes.subarray(0, length), reads);
    expect(found, `${length} bytes`).toEqual([]);
  }
});

const moves = {
  'a secret to another name': `
    UPDATE secrets SET name = CASE name WHEN 'a' THEN 'b#' WHEN 'b' THEN 'a#' ELSE name END;
    UPDATE secrets SET name = replace(name, '#', '')`,
  'a secret to another Region': "UPDATE secrets SET region = 'us-east-1'; UPDATE kms_keys SET region = 'us-east-1'",
  'the value of one secret to another': `
    UPDATE secret_versions SET secret_string =
      (SELECT secret_string FROM secret_versions WHERE secret LIKE '%:b-______')
    WHERE secret LIKE '%:a-______'`,
  'text to bytes': 'UPDATE secret_versions SET secret_binary = secret_string, secret_string = NULL',
  'the material of one key to another': `
    CREATE TEMP TABLE others AS SELECT * FROM kms_materials;
    UPDATE kms_materials SET material = (SELECT material FROM others WHERE key_id <> kms_materials.key_id LIMIT 1)`,
};

test.each(Object.entries(moves))('moving %s makes it unreadable', async (_what, sql) => {
  const { reads } = await smallVault();
  const connection = openConnection(place.file);
  connection.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
  connection.close();
  const vault = await open(place.file);
  const [expected, read] = reads[0]!;
  const outcome = await read(vault).catch((error: Error) => error);
  expect(outcome).not.toBe(expected);
  expect(outcome).toBeInstanceOf(Error);
  expect(isForeseen(outcome as Error)).toBe(true);
  expect(await vault.verify()).not.toEqual([]);
  vault.close();
});
