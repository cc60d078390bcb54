import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openConnection } from '../../../src/vault/store/binding.ts';
import { newDerivation, type RootSecret } from '../../../src/vault/store/root-key.ts';
import { createVault, openVault } from '../../../src/vault/vault.ts';
import { account, rootSecret } from '../service.ts';
import { create, createSecret, open, secretString, trouble, useFolder } from './folder.ts';

const place = useFolder();
const scryptCost = { N: 2, r: 8, p: 1 };

/** Changes the file behind the vault's back. */
function edit(file: string, sql: string): void {
  const connection = openConnection(file);
  connection.exec(sql);
  connection.close();
}

async function closed(secret: RootSecret = rootSecret) {
  const vault = await createVault({ file: place.file, secret, account, scryptCost });
  await createSecret(vault, 'a', 'value');
  vault.close();
  return vault.header;
}

const openWith = (secret: RootSecret) => openVault({ file: place.file, unlock: async () => secret });

test('only its owner can read the file, whatever the umask', async () => {
  const umask = process.umask(0);
  try {
    await closed();
  } finally {
    process.umask(umask);
  }
  expect(fs.statSync(place.file).mode & 0o777).toBe(0o600);
  expect(fs.readdirSync(place.folder)).toEqual(['vault']);
});

test('a vault in memory leaves nothing behind, and shares nothing', async () => {
  const [one, other] = [await create(':memory:'), await create(':memory:')];
  await createSecret(one, 'a', 'value');
  expect(await secretString(one, 'a')).toBe('value');
  await expect(secretString(other, 'a')).rejects.toThrow("can't find the specified secret.");
  expect(fs.existsSync(':memory:')).toBe(false);
});

test('the header says what the vault is, before it is unlocked', async () => {
  const { id } = await closed();
  const vault = await openVault({
    file: place.file,
    unlock: async (header) => {
      expect(header).toMatchObject({ id, account, derivation: { kind: 'key' } });
      expect(Date.now() - header.created.getTime()).toBeLessThan(60_000);
      return rootSecret;
    },
  });
  expect(vault.formatVersion()).toBe(3);
  expect(await secretString(vault, 'a')).toBe('value');
  vault.close();
});

test('a key opens its own vault only', async () => {
  await closed();
  expect(await trouble(openWith({ key: Buffer.alloc(32) }))).toBe('wrong-key');
  expect(await trouble(openWith({ passphrase: 'correct horse' }))).toBe('wrong-key');
});

test('a passphrase opens its own vault only, however its letters are composed', async () => {
  await closed({ passphrase: 'caf\u00e9' });
  expect(await trouble(openWith({ passphrase: 'cafe' }))).toBe('wrong-key');
  expect(await trouble(openWith({ passphrase: '' }))).toBe('wrong-key');
  expect(await trouble(openWith(rootSecret))).toBe('wrong-key');
  const vault = await openWith({ passphrase: 'cafe\u0301' });
  expect(await secretString(vault, 'a')).toBe('value');
  expect(vault.header.derivation).toEqual({ kind: 'scrypt', salt: expect.stringMatching(/^.{22}==$/), ...scryptCost });
  vault.close();
});

test('a passphrase costs half a second unless a caller says otherwise', () => {
  expect(newDerivation({ passphrase: 'x' })).toMatchObject({ kind: 'scrypt', N: 2 ** 17, r: 8, p: 1 });
});

const scrypt = { kind: 'scrypt', salt: 'AAAA', ...scryptCost };

test.each([
  ['no JSON', '{'],
  ['nothing', 'null'],
  ['an unknown kind', '{"kind":"md5"}'],
  ['no salt', JSON.stringify({ ...scrypt, salt: 1 })],
  ['all memory', JSON.stringify({ ...scrypt, N: 2 ** 40 })],
  ['a cost that is no power of two', JSON.stringify({ ...scrypt, N: 3 })],
  ['half a cost', JSON.stringify({ ...scrypt, N: 0.5 })],
  ['years', JSON.stringify({ ...scrypt, p: 2 ** 30 })],
  ['no passes', JSON.stringify({ ...scrypt, p: 0 })],
])('a header whose derivation asks for %s is refused', async (_case, derivation) => {
  await closed({ passphrase: 'x' });
  edit(place.file, `UPDATE header SET derivation = '${derivation}'`);
  expect(await trouble(openWith({ passphrase: 'x' }))).toBe('damaged');
});

test.each([
  ['weaker scrypt', 'derivation = replace(derivation, \'"N":2\', \'"N":4\')'],
  ['another account', "account = '210987654321'"],
  ['another id', "id = 'f3a1e2d4-0000-4000-8000-000000000000'"],
  ['another master key', 'master_key = zeroblob(61)'],
])('a header with %s does not open', async (_case, change) => {
  await closed({ passphrase: 'x' });
  edit(place.file, `UPDATE header SET ${change}`);
  expect(await trouble(openWith({ passphrase: 'x' }))).toBe('wrong-key');
});

test.each([
  ['is newer', 'PRAGMA user_version = 99', 'newer'],
  ['has no version', 'PRAGMA user_version = 0', 'damaged'],
  ['has a version below zero', 'PRAGMA user_version = -1', 'damaged'],
  ['is of another program', 'PRAGMA application_id = 0', 'not-a-vault'],
  ['has no header', 'DELETE FROM header', 'damaged'],
  ['has no table for one', 'DROP TABLE header', 'damaged'],
])('a file that %s is refused', async (_case, sql, code) => {
  await closed();
  edit(place.file, sql);
  const before = fs.readFileSync(place.file);
  expect(await trouble(open(place.file))).toBe(code);
  expect(fs.readFileSync(place.file).equals(before)).toBe(true);
});

test.each([
  ['text', 'SECRET=value\n'.repeat(1000), 'not-a-vault'],
  ['a few bytes', 'x', 'not-a-vault'],
  ['nothing', '', 'not-a-vault'],
  ['zeros', Buffer.alloc(8192), 'not-a-vault'],
])('a file of %s is no vault, and stays as it is', async (_case, content, code) => {
  fs.writeFileSync(place.file, content);
  expect(await trouble(open(place.file))).toBe(code);
  expect(fs.readFileSync(place.file).equals(Buffer.from(content))).toBe(true);
});

test('no vault where there is none, or a folder', async () => {
  expect(await trouble(open(place.file))).toBe('missing');
  expect(await trouble(open(path.join(place.file, 'deeper')))).toBe('missing');
  expect(await trouble(open(place.folder))).toBe('not-a-vault');
  expect(fs.readdirSync(place.folder)).toEqual([]);
});

test('a new vault takes the place of nothing', async () => {
  fs.writeFileSync(place.file, 'mine');
  expect(await trouble(create(place.file))).toBe('exists');
  expect(fs.readFileSync(place.file, 'utf8')).toBe('mine');
  expect(await trouble(create(path.join(place.folder, 'none', 'vault')))).toBe('missing');
});
