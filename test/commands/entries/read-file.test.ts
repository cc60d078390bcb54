import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readEntries } from '../../../src/commands/entries/read-entries.ts';
import { contextOver } from '../../helpers/memory-clients.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-entries-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function fileOf(name: string, data: string | Uint8Array): string {
  fs.writeFileSync(path.join(folder, name), data);
  return `file:${path.join(folder, name)}`;
}

const { context } = contextOver({});
const wanted = { shape: 'pairs', entries: [{ name: 'A', value: 'x=1' }], failed: [] };

it('a file, by its ending or by what is said of it; a byte order mark is none of it', async () => {
  const env = fileOf('.env', '\ufeffA=x=1\n');
  expect(await readEntries(context, env)).toEqual({ source: env, ...wanted });
  const text = fileOf('variables.txt', 'A=x=1\r\n');
  expect(await readEntries(context, text, { format: 'dotenv' })).toEqual({ source: text, ...wanted });
});

it('standard input', async () => {
  const piped = contextOver({}, terminalForTests({ stdin: 'A: "x=1"' })).context;
  expect(await readEntries(piped, '-', { format: 'yaml' })).toEqual({ source: '-', ...wanted });
});

it.each<[string, string, string | Uint8Array, string]>([
  ['no known ending', 'a.txt', 'A=hunter2', 'the format of "FILE" is not known'],
  ['bytes that are no text', 'a.env', Uint8Array.of(0x41, 0x3d, 0xff), '"FILE" is not text: expected UTF-8'],
  ['another format', 'a.json', 'A=hunter2', '"FILE": line 1 is not JSON'],
  [
    'no end of depth',
    'a.yaml',
    `a: ${'['.repeat(50_000)}`,
    '"FILE": line 1 is not YAML as it is expected here (resource exhaustion)',
  ],
  ['no end of depth', 'a.json', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, '"FILE" is nested too deeply'],
])('a file with %s: %s', async (_, name, data, message) => {
  const source = fileOf(name, data);
  await expect(readEntries(context, source)).rejects.toMatchObject({
    code: 'usage',
    message: message.replace('FILE', source.replace('file:', '')),
  });
});

it('a file that is not there, and a folder', async () => {
  await expect(readEntries(context, `file:${folder}/none.env`)).rejects.toMatchObject({ code: 'not-found' });
  fs.mkdirSync(path.join(folder, 'x.env'));
  await expect(readEntries(context, `file:${folder}/x.env`)).rejects.toMatchObject({ code: 'usage' });
});
