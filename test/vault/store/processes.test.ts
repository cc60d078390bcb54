import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rootSecret } from '../service.ts';
import { ask, create, createSecret, open, secretString, trouble, useFolder } from './folder.ts';

const place = useFolder();
const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

/** The writer as one plain script, with the SQLite package beside it: also for a user who may not look into here. */
let scripts: string;
const sqlite = 'node_modules/@photostructure/sqlite';
beforeAll(async () => {
  scripts = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-scripts-'));
  await build({
    entryPoints: [fileURLToPath(new URL('writer.ts', import.meta.url))],
    outfile: path.join(scripts, 'writer.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'silent',
  });
  const installed = fileURLToPath(new URL(`../../../${sqlite}`, import.meta.url));
  if (fs.existsSync(installed)) fs.cpSync(installed, path.join(scripts, sqlite), { recursive: true });
  fs.chmodSync(scripts, 0o755);
});
afterAll(() => fs.rmSync(scripts, { recursive: true }));

const start = (args: string[], options: { uid?: number } = {}) =>
  spawn(process.execPath, [path.join(scripts, 'writer.cjs'), place.file, rootSecret.key.toString('hex'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });

/** The lines that a process has printed when it is gone. */
async function linesOf(child: ChildProcess, onLine: (count: number) => void = () => {}): Promise<string[]> {
  let output = '';
  child.stdout!.on('data', (chunk) => {
    output += chunk;
    onLine(output.split('\n').length - 1);
  });
  await once(child, 'close');
  return output.split('\n').slice(0, -1);
}

test('writers side by side lose nothing, and readers are not in their way', { timeout: 60_000 }, async () => {
  const vault = await create(place.file);
  await createSecret(vault, 'first', 'value');
  let isOver = false;
  const writing = Promise.all(['a', 'b', 'c', 'd'].map((name) => linesOf(start(['write', name, '50'])))).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    expect(await secretString(vault, 'first')).toBe('value');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const names = (await writing).flat();
  expect(new Set(names).size).toBe(200);
  for (const name of names) expect(await secretString(vault, name)).toBe(`value of ${name}`);
  expect(await vault.verify()).toEqual([]);
  vault.close();
});

test('a killed writer takes no acknowledged write with it', { timeout: 60_000 }, async () => {
  (await create(place.file)).close();
  const acknowledged: string[] = [];
  for (let round = 1; round <= 6; round++) {
    const child = start(['write', `round-${round}`, '100000']);
    acknowledged.push(
      ...(await linesOf(child, (count) => {
        if (count >= round * 3) child.kill('SIGKILL');
      })),
    );
    expect(child.signalCode).toBe('SIGKILL');
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(3 + 6 + 9 + 12 + 15 + 18);
  const vault = await open(place.file);
  for (const name of acknowledged) expect(await secretString(vault, name)).toBe(`value of ${name}`);
  expect(await vault.verify()).toEqual([]);
  await createSecret(vault, 'afterwards', 'value');
  vault.close();
});

/** Root may write everywhere, so it asks a user who may not: if that user can run this Node. */
const uid = isRoot ? { uid: nobody } : {};
const canRun = spawnSync(process.execPath, ['--version'], uid).status === 0;

describe.skipIf(!canRun)('where nothing may be written (skipped for root whose Node nobody else can run)', () => {
  const run = (...args: string[]) => linesOf(start(args, uid));

  async function readOnly(folderMode: number, fileMode: number) {
    const vault = await create(place.file);
    await createSecret(vault, 'a', 'value');
    vault.close();
    if (isRoot) for (const item of [place.folder, place.file]) fs.chownSync(item, nobody, nobody);
    fs.chmodSync(place.file, fileMode);
    fs.chmodSync(place.folder, folderMode);
    return fs.readFileSync(place.file);
  }

  test.each([
    ['file', 0o700, 0o400],
    ['folder', 0o500, 0o600],
    ['file and folder', 0o500, 0o400],
  ])('a read-only %s can be read, and says that it cannot be written', async (_what, folderMode, fileMode) => {
    const before = await readOnly(folderMode, fileMode);
    try {
      expect(await run('read', 'a')).toEqual(['value']);
      expect(await run('write', 'b', '1')).toEqual(['VaultError denied']);
      expect(fs.readFileSync(place.file).equals(before)).toBe(true);
    } finally {
      fs.chmodSync(place.folder, 0o700);
    }
  });

  test('a file that may not be read says so', async () => {
    await readOnly(0o700, 0o000);
    expect(await run('read', 'a')).toEqual(['VaultError denied']);
  });
});

const system = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'ignore' });

/** A disk of 256 KiB on the test's folder, where one may be mounted. */
function mountTinyDisk(): boolean {
  try {
    system('mount', '-t', 'tmpfs', '-o', 'size=256k', 'latchkey-test', place.folder);
    return true;
  } catch {
    return false;
  }
}

test('a full disk leaves the vault as it was, and says so', { timeout: 60_000 }, async ({ skip }) => {
  if (!mountTinyDisk()) skip('only a user who may mount can make a disk that is full');
  try {
    const vault = await create(place.file);
    const written: string[] = [];
    const value = 'v'.repeat(8000);
    const fill = async () => {
      for (;;) {
        await createSecret(vault, `s${written.length}`, value);
        written.push(`s${written.length}`);
      }
    };
    expect(await trouble(fill())).toBe('full');
    expect(written.length).toBeGreaterThan(2);
    const again = await open(place.file);
    for (const name of written) expect(await secretString(again, name)).toBe(value);
    expect(await again.verify()).toEqual([]);
    again.close();
    await expect(secretString(vault, `s${written.length}`)).rejects.toThrow("can't find the specified secret.");
    vault.close();

    fs.writeFileSync(path.join(place.folder, 'rest'), '');
    expect(() => fs.writeFileSync(path.join(place.folder, 'rest'), Buffer.alloc(2 ** 20))).toThrow('ENOSPC');
    const before = fs.readdirSync(place.folder);
    expect(await trouble(create(path.join(place.folder, 'new')))).toBe('full');
    expect(fs.readdirSync(place.folder)).toEqual(before);

    fs.rmSync(path.join(place.folder, 'rest'));
    const freed = await open(place.file);
    for (const SecretId of written) {
      await ask(freed, 'secretsmanager', 'GetSecretValue', { SecretId });
    }
    freed.close();
  } finally {
    // Lazily: on Node 20 a closed vault's file stays open until its statements are collected.
    system('umount', '--lazy', place.folder);
  }
});
