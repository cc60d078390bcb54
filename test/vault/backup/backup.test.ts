import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { restore } from '../../../src/vault/backup/restore.ts';
import { rootSecret } from '../service.ts';
import { create, createSecret, open, secretString, trouble, useFolder } from '../store/folder.ts';

const place = useFolder();
const at = (name: string) => path.join(place.folder, name);
const unlock = async () => rootSecret;

/** A backup of a vault with some hundred frames' worth of secrets. */
async function backedUp(secrets = 40) {
  const vault = await create(place.file);
  for (let index = 0; index < secrets; index += 1) {
    await createSecret(vault, `name-${index}`, randomBytes(16_000).toString('hex'));
  }
  await vault.backUp(at('backup'));
  return { vault, bytes: fs.readFileSync(at('backup')) };
}

const names = () => fs.readdirSync(place.folder).sort();

test('what comes back is what went in, private and whole', async () => {
  const { vault } = await backedUp();
  const value = await secretString(vault, 'name-7');
  await createSecret(vault, 'later', 'x');
  vault.close();
  expect(names()).toEqual(['backup', 'vault']);
  expect(fs.statSync(at('backup')).mode & 0o777).toBe(0o600);
  await restore({ backup: at('backup'), file: at('again'), unlock });
  expect(names()).toEqual(['again', 'backup', 'vault']);
  expect(fs.statSync(at('again')).mode & 0o777).toBe(0o600);
  const again = await open(at('again'));
  expect(await secretString(again, 'name-7')).toBe(value);
  await expect(secretString(again, 'later')).rejects.toThrow("can't find");
  again.close();
});

test('it hides names as well as values', async () => {
  const { vault, bytes } = await backedUp(1);
  vault.close();
  expect(fs.readFileSync(place.file).includes('name-0')).toBe(true);
  expect(bytes.includes('name-0')).toBe(false);
  expect(bytes.includes('SQLite')).toBe(false);
});

test('two backups of one vault have nothing in common but what they say of it', async () => {
  const { vault, bytes } = await backedUp(1);
  await vault.backUp(at('second'));
  vault.close();
  const tail = (file: Buffer) => file.subarray(-1000).toString('hex');
  expect(tail(fs.readFileSync(at('second')))).not.toBe(tail(bytes));
});

test('any byte changed, the end cut off, something behind it: refused, and nothing is changed', {
  timeout: 60_000,
}, async () => {
  const { vault, bytes } = await backedUp(4);
  vault.close();
  const before = fs.readFileSync(place.file);
  const flipped = (index: number) => {
    const copy = Buffer.from(bytes);
    copy[index]! ^= 1;
    return copy;
  };
  const header = bytes.indexOf('\n', bytes.indexOf('\n') + 1);
  const places = Array.from({ length: 60 }, (_, index) => Math.floor((index * (bytes.length - 1)) / 59));
  const broken = [
    ...[...places, ...Array.from({ length: 20 }, (_, index) => Math.floor((index * header) / 20))].map(flipped),
    ...[1, 5, 70_000, bytes.length - header - 1].map((count) => bytes.subarray(0, bytes.length - count)),
    Buffer.concat([bytes, Buffer.from([0])]),
    Buffer.concat([bytes, bytes.subarray(header + 1)]),
  ];
  for (const copy of broken) {
    fs.writeFileSync(at('backup'), copy);
    const said = await trouble(restore({ backup: at('backup'), file: place.file, replace: true, unlock }));
    expect(['damaged', 'not-a-vault', 'wrong-key']).toContain(said);
  }
  expect(fs.readFileSync(place.file).equals(before)).toBe(true);
  expect(names()).toEqual(['backup', 'vault']);
});

test('frames of one backup do not open in another', async () => {
  const { vault, bytes } = await backedUp(4);
  await vault.backUp(at('second'));
  vault.close();
  const second = fs.readFileSync(at('second'));
  const behind = (file: Buffer) => file.indexOf('\n', file.indexOf('\n') + 1) + 1;
  fs.writeFileSync(at('mixed'), Buffer.concat([bytes.subarray(0, behind(bytes)), second.subarray(behind(second))]));
  expect(await trouble(restore({ backup: at('mixed'), file: at('again'), unlock }))).toBe('damaged');
});

test('it opens with the key of its time, and no other', async () => {
  const { vault } = await backedUp(1);
  const next = { key: randomBytes(32) };
  await vault.rekey(next);
  vault.close();
  const request = { backup: at('backup'), file: at('again') };
  expect(await trouble(restore({ ...request, unlock: async () => next }))).toBe('wrong-key');
  expect(await trouble(restore({ ...request, unlock: async () => [next, rootSecret] }))).toBe('no error');
});

test('what another process is writing meanwhile is in it whole or not at all', async () => {
  const { vault } = await backedUp(2);
  const other = await open(place.file);
  const writes = Promise.all(Array.from({ length: 30 }, (_, index) => createSecret(other, `new-${index}`, 'v')));
  await vault.backUp(at('live'));
  await writes;
  for (const one of [vault, other]) one.close();
  await restore({ backup: at('live'), file: at('again'), unlock });
  const again = await open(at('again'));
  expect(await again.verify()).toEqual([]);
  again.close();
});

test('a vault that was killed while writing is replaced, with the journal it left', async () => {
  const { vault } = await backedUp(1);
  vault.close();
  fs.writeFileSync(`${place.file}-journal`, randomBytes(512));
  await restore({ backup: at('backup'), file: place.file, replace: true, unlock });
  expect(names()).toEqual(['backup', 'vault']);
  const again = await open(place.file);
  expect(await again.verify()).toEqual([]);
  again.close();
});

test('where something is, nothing goes unless it is to be replaced', async () => {
  const { vault } = await backedUp(1);
  await expect(vault.backUp(at('backup'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(restore({ backup: at('backup'), file: place.file, unlock })).rejects.toMatchObject({ code: 'EEXIST' });
  vault.close();
  expect(names()).toEqual(['backup', 'vault']);
});
