import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Entries } from '../../../src/commands/entries/entries.ts';
import { readEntries } from '../../../src/commands/entries/read-entries.ts';
import { applyChanges } from '../../../src/commands/entries/write-entries.ts';
import { contextOver } from '../../helpers/memory-clients.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-write-file-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const { context } = contextOver({});
const set = (name: string, value: string) => ({ name, entry: { name, value } });

const nothing = (): Entries => ({ source: '', shape: 'pairs', entries: [], failed: [] });

async function changing(name: string, text: string, theirs?: string) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  const before = await readEntries(context, `file:${file}`);
  if (theirs !== undefined) fs.writeFileSync(file, theirs);
  const changes = [set('A', 'new'), set('C', 'x y'), { name: 'B' }];
  const done = applyChanges(context, `file:${file}`, changes, { before });
  return { done, text: () => fs.readFileSync(file, 'utf8'), mode: () => fs.statSync(file).mode & 0o777 };
}

it.each([
  ['.env', 'A=1\nB=2\nD=4\n', "A=new\nD=4\nC='x y'\n"],
  ['app.json', '{"A": 1, "B": 2, "D": 4.0}', '{\n  "A": "new",\n  "D": 4.0,\n  "C": "x y"\n}\n'],
  ['app.properties', 'A=1\nB=2\nD=4\n', 'A=new\nD=4\nC=x y\n'],
])('%s', async (name, text, expected) => {
  const { done, ...file } = await changing(name, text);
  expect(await done).toBe(3);
  expect(file.text()).toBe(expected);
  if (process.platform !== 'win32') expect(file.mode()).toBe(0o600);
  expect(fs.readdirSync(folder)).toEqual([name]);
});

it('does not write over what has changed since it was read', async () => {
  const { done, text } = await changing('.env', 'A=1\nB=2\n', 'A=theirs\nB=2\n');
  await expect(done).rejects.toMatchObject({ code: 'conflict' });
  expect(text()).toBe('A=theirs\nB=2\n');
});

it('makes a file that is not there', async () => {
  const file = path.join(folder, 'new.env');
  await applyChanges(context, `file:${file}`, [set('A', '1')], { before: nothing() });
  expect(fs.readFileSync(file, 'utf8')).toBe('A=1\n');
});

it.skipIf(process.platform === 'win32')('follows a link, which stays one', async () => {
  fs.writeFileSync(path.join(folder, 'real.env'), 'A=1\n');
  const link = path.join(folder, 'link.env');
  fs.symlinkSync('real.env', link);
  await applyChanges(context, `file:${link}`, [set('A', '2')], { before: await readEntries(context, `file:${link}`) });
  expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
  expect(fs.readFileSync(path.join(folder, 'real.env'), 'utf8')).toBe('A=2\n');
});

it('leaves a file alone that cannot hold all of it', async () => {
  const file = path.join(folder, 'app.env');
  fs.writeFileSync(file, 'A=1\n');
  const before = await readEntries(context, `file:${file}`);
  const done = applyChanges(context, `file:${file}`, [set('A', '2'), set('B', 'hunter2\0')], { before });
  await expect(done).rejects.toMatchObject({ code: 'usage', message: expect.not.stringContaining('hunter2') });
  expect(fs.readFileSync(file, 'utf8')).toBe('A=1\n');
});

it('says of a file without an ending that its format is not known', async () => {
  const file = path.join(folder, 'notes');
  const done = applyChanges(context, `file:${file}`, [set('A', '1')], { before: nothing() });
  await expect(done).rejects.toMatchObject({ code: 'usage' });
  expect(fs.readdirSync(folder)).toEqual([]);
});
