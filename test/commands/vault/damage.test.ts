import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { openDatabase } from '../../../src/vault/store/database.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

let place: ReturnType<typeof makePlace>;
let file: string;
beforeEach(async () => {
  place = makePlace();
  file = path.join(place.place, 'data/latchkey/vault.db');
  await latchkey(['vault', 'init']);
  await latchkey(['secret', 'create', 'prod/db'], 'the value');
});
afterEach(() => place.remove());

async function latchkey(argv: string[], stdin = '') {
  const terminal = terminalForTests({ stdin });
  const exit = await run(argv, terminal, { ...place.environment, LATCHKEY_VAULT: '1' });
  return { exit, said: terminal.said, stdout: terminal.stdout };
}

const write = (change: (bytes: Buffer) => Buffer) => fs.writeFileSync(file, change(fs.readFileSync(file)));

/** https://www.sqlite.org/fileformat2.html#the_database_header: user_version and application_id, 4 bytes each. */
const [userVersion, applicationId] = [60, 68];
const put = (bytes: Buffer, offset: number, number: number) => {
  bytes.writeUInt32BE(number, offset);
  return bytes;
};

const damages: [what: string, change: (bytes: Buffer) => Buffer][] = [
  ['from a newer version', (bytes) => put(bytes, userVersion, 99)],
  ['of another program', (bytes) => put(bytes, applicationId, 0)],
  ['empty', () => Buffer.alloc(0)],
  ['text', () => Buffer.from('a: 1\n'.repeat(1000))],
  ['cut off in its first page', (bytes) => bytes.subarray(0, 1000)],
  ['cut off in the middle', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ['zeros behind its first page', (bytes) => bytes.fill(0, 4096)],
];

const verbs = [
  ['secret', 'get', 'prod/db'],
  ['vault', 'info'],
  ['vault', 'verify'],
];

describe.each(damages)('a file %s', (_, change) => {
  it.each(verbs.map((words) => [words.join(' '), words] as const))('%s', async (_, words) => {
    write(change);
    const before = fs.readFileSync(file);
    const { exit, said } = await latchkey([...words]);
    expect(exit).toBe(7);
    expect(said[0]).toMatch(/^latchkey: error: /);
    expect(said.slice(1).join('\n')).toMatch(/^latchkey: hint: /);
    expect(said.join('\n')).not.toMatch(/the value|\n\s+at |SQLITE/);
    expect(fs.readFileSync(file)).toEqual(before);
  });
});

it('says which format it has and which are known', async () => {
  write((bytes) => put(bytes, userVersion, 99));
  expect((await latchkey(['vault', 'info'])).said[0]).toContain('the vault has format 99');
});

it('verify lists each value that does not open, and counts them', async () => {
  const database = openDatabase(file);
  database.exec('UPDATE secret_versions SET secret_string = zeroblob(200)');
  database.close();
  const { exit, said, stdout } = await latchkey(['vault', 'verify', '--output', 'text']);
  expect(exit).toBe(7);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(stdout).toContain('prod/db');
  expect(said[0]).toBe(`latchkey: error: the vault "${file}" has a problem`);
});
