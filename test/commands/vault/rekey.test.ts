import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { printRecoveryKey, readRecoveryKey } from '../../../src/vault/recovery-key.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

let place: ReturnType<typeof makePlace>;
let environment: Record<string, string>;
beforeEach(async () => {
  place = makePlace();
  environment = { ...place.environment, LATCHKEY_VAULT: '1' };
  await latchkey(['vault', 'init']);
  await latchkey(['secret', 'create', 'a'], 'value');
});
afterEach(() => place.remove());

async function latchkey(argv: string[], stdin = '', more: Record<string, string> = {}) {
  const terminal = terminalForTests({ stdin: Buffer.from(stdin) });
  const exit = await run(argv, terminal, { ...environment, ...more });
  return { exit, out: Buffer.from(terminal.bytes).toString(), said: terminal.said.join('\n') };
}

const keys = () => path.join(place.place, 'config/latchkey/keys');
const keyFiles = () => fs.readdirSync(keys()).sort();

test('the key file is another, still private, and the old one is beside it', async () => {
  const [name] = keyFiles() as [string];
  const before = fs.readFileSync(path.join(keys(), name), 'utf8');
  expect((await latchkey(['vault', 'rekey'])).exit).toBe(0);
  const [, old] = keyFiles() as [string, string];
  expect(keyFiles()).toEqual([name, expect.stringMatching(/^[0-9a-f-]{36}\.key\.until-\d{8}T\d{9}Z$/)]);
  expect(fs.readFileSync(path.join(keys(), old), 'utf8')).toBe(before);
  expect(fs.readFileSync(path.join(keys(), name), 'utf8')).not.toBe(before);
  for (const file of keyFiles()) expect(fs.statSync(path.join(keys(), file)).mode & 0o777).toBe(0o600);
  expect(await latchkey(['secret', 'get', 'a'], '', { LATCHKEY_VAULT_KEY_FILE: path.join(keys(), old) })).toMatchObject(
    { exit: 7 },
  );
});

test('to a passphrase and back', async () => {
  const passphrase = path.join(place.place, 'passphrase');
  fs.writeFileSync(passphrase, 'correct horse battery staple\n', { mode: 0o600 });
  expect(await latchkey(['vault', 'rekey', '--passphrase-file', passphrase])).toMatchObject({
    exit: 0,
    out: expect.stringContaining('your passphrase'),
  });
  expect(keyFiles()).toEqual([expect.stringContaining('.until-')]);
  const withPassphrase = { LATCHKEY_VAULT_PASSPHRASE_FILE: passphrase };
  expect(await latchkey(['secret', 'get', 'a'], '', withPassphrase)).toMatchObject({ exit: 0, out: 'value' });
  expect((await latchkey(['vault', 'rekey'], '', withPassphrase)).exit).toBe(0);
  expect(await latchkey(['secret', 'get', 'a'])).toMatchObject({ exit: 0, out: 'value' });
}, 30_000);

test('the recovery key opens a vault whose key is lost', async () => {
  const { out } = await latchkey(['vault', 'recovery-key']);
  fs.rmSync(keys(), { recursive: true });
  expect((await latchkey(['secret', 'get', 'a'])).exit).toBe(4);
  const typed = ` ${out.trim().toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
  expect(await latchkey(['vault', 'rekey', '--recovery-key'], typed)).toMatchObject({ exit: 0 });
  expect(await latchkey(['secret', 'get', 'a'])).toMatchObject({ exit: 0, out: 'value' });
  const other = printRecoveryKey(randomBytes(20));
  expect(await latchkey(['vault', 'rekey', '--recovery-key'], other)).toMatchObject({
    ...{ exit: 7, said: expect.stringContaining('the recovery key does not open this vault') },
  });
});

test('a key in the environment cannot be replaced, only left', async () => {
  const [name] = keyFiles() as [string];
  const key = fs.readFileSync(path.join(keys(), name), 'utf8').split('\n').at(-2)!;
  expect(await latchkey(['vault', 'rekey'], '', { LATCHKEY_VAULT_KEY: key })).toMatchObject({ exit: 2 });
  const file = path.join(place.place, 'new.key');
  expect(await latchkey(['vault', 'rekey', '--key-file', file], '', { LATCHKEY_VAULT_KEY: key })).toMatchObject({
    exit: 0,
  });
  expect(await latchkey(['secret', 'get', 'a'], '', { LATCHKEY_VAULT_KEY_FILE: file })).toMatchObject({ out: 'value' });
});

test('of two at once one wins, and what is left opens the vault', async () => {
  const exits = (await Promise.all([latchkey(['vault', 'rekey']), latchkey(['vault', 'rekey'])])).map(
    ({ exit }) => exit,
  );
  expect(exits).toContain(0);
  expect(await latchkey(['secret', 'get', 'a'])).toMatchObject({ exit: 0, out: 'value' });
});

describe('killed anywhere', () => {
  const bin = path.join(import.meta.dirname, '../../../bin/latchkey.cjs');
  const built = fs.existsSync(path.join(import.meta.dirname, '../../../dist/latchkey.cjs'));

  test.skipIf(!built)(
    'the old key or the new one opens (skipped where nothing is built)',
    { timeout: 60_000 },
    async () => {
      const env = { ...environment };
      const get = () => spawnSync(process.execPath, [bin, 'secret', 'get', 'a'], { env, encoding: 'utf8' });
      for (let round = 0; round < 12; round += 1) {
        const child = spawn(process.execPath, [bin, 'vault', 'rekey'], { env, stdio: 'ignore' });
        const ended = new Promise((resolve) => child.on('exit', resolve));
        // The times reach from before the key is read to after all is done; which step they hit is up to the machine.
        setTimeout(() => child.kill('SIGKILL'), 40 + round * 6);
        await ended;
        expect(get()).toMatchObject({ status: 0, stdout: 'value' });
      }
      expect(spawnSync(process.execPath, [bin, 'vault', 'rekey'], { env }).status).toBe(0);
      expect(get()).toMatchObject({ status: 0, stdout: 'value' });
      expect(keyFiles().filter((name) => name.endsWith('.next'))).toEqual([]);
    },
  );

  test('between the steps: a key that waits is tried, and settled by the next rekey', async () => {
    const [name] = keyFiles() as [string];
    const file = path.join(keys(), name);
    const first = fs.readFileSync(file);
    expect((await latchkey(['vault', 'rekey'])).exit).toBe(0);
    // As a kill behind the second step leaves it: the vault has the new key, and its file still waits.
    fs.renameSync(file, `${file}.next`);
    fs.writeFileSync(file, first, { mode: 0o600 });
    expect(await latchkey(['secret', 'get', 'a'])).toMatchObject({ exit: 0, out: 'value' });
    expect((await latchkey(['vault', 'rekey'])).exit).toBe(0);
    expect(fs.existsSync(`${file}.next`)).toBe(false);
    // As a kill behind the first leaves it: the file waits, and the vault has not taken it.
    fs.writeFileSync(`${file}.next`, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    expect(await latchkey(['secret', 'get', 'a'])).toMatchObject({ exit: 0, out: 'value' });
    expect((await latchkey(['vault', 'rekey'])).exit).toBe(0);
    expect(await latchkey(['secret', 'get', 'a'])).toMatchObject({ exit: 0, out: 'value' });
  });
});

describe('a recovery key on paper', () => {
  test('reads back, however it is typed', () => {
    for (let round = 0; round < 50; round += 1) {
      const key = randomBytes(20);
      const text = printRecoveryKey(key);
      expect(text).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(Buffer.from(readRecoveryKey(text)!)).toEqual(key);
      expect(Buffer.from(readRecoveryKey(text.toLowerCase().replaceAll('-', ' '))!)).toEqual(key);
    }
  });

  test('no single wrong character is taken', () => {
    const text = printRecoveryKey(Buffer.alloc(20, 7));
    for (let at = 0; at < text.length; at += 1) {
      const wrong = text[at] === '-' ? 'U' : text[at] === 'Z' ? 'Y' : 'Z';
      expect(readRecoveryKey(text.slice(0, at) + wrong + text.slice(at + 1))).toBeUndefined();
    }
    expect(readRecoveryKey(text.slice(0, -1))).toBeUndefined();
    expect(readRecoveryKey('')).toBeUndefined();
  });
});

test('two at once: one is done, the other changes nothing', async () => {
  const [name] = keyFiles() as [string];
  const lock = path.join(keys(), `${name}.lock`);
  const runs = await Promise.all([1, 2, 3].map(() => latchkey(['vault', 'rekey'])));
  expect(runs.map(({ exit }) => exit).sort()).toEqual([0, 5, 5]);
  expect(await latchkey(['secret', 'get', 'a'])).toMatchObject({ exit: 0, out: 'value' });
  expect(fs.existsSync(lock)).toBe(false);
});

test('a lock that a killed run has left is nobody’s; that of a process at work, or of another machine, is kept', async () => {
  const lock = path.join(keys(), `${keyFiles()[0]}.lock`);
  const ended = spawnSync(process.execPath, ['-e', '0']).pid;
  fs.writeFileSync(lock, `${ended} ${os.hostname()}\n`);
  expect((await latchkey(['vault', 'rekey'])).exit).toBe(0);
  for (const holder of [`${process.pid} ${os.hostname()}\n`, '1 elsewhere\n', '']) {
    fs.writeFileSync(lock, holder);
    const { exit, said } = await latchkey(['vault', 'rekey']);
    expect(exit).toBe(5);
    expect(said).toContain(`if there is none: delete "${lock}"`);
  }
});

test('destroy --with-key takes the keys of before along', async () => {
  await latchkey(['vault', 'rekey']);
  expect(keyFiles().length).toBe(2);
  const { said } = await latchkey(['vault', 'destroy', '--with-key', '--dry-run']);
  expect(said.match(/and its key/g)).toHaveLength(2);
  expect((await latchkey(['vault', 'destroy', '--with-key', '--yes'])).exit).toBe(0);
  expect(keyFiles()).toEqual([]);
});
