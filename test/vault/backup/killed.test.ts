import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { rootSecret } from '../service.ts';
import { create, createSecret, open, secretString, useFolder } from '../store/folder.ts';

const place = useFolder();
const at = (name: string) => path.join(place.folder, name);
const latchkey = path.join(import.meta.dirname, '../../../bin/latchkey.cjs');
let environment: Record<string, string>;

beforeEach(async () => {
  environment = {
    ...{ HOME: place.folder, XDG_CACHE_HOME: at('cache'), LATCHKEY_VAULT: place.file },
    LATCHKEY_VAULT_KEY: rootSecret.key.toString('base64'),
  };
  const vault = await create(place.file);
  const more = Array.from({ length: 30 }, (_, index) =>
    createSecret(vault, `more-${index}`, randomBytes(30_000).toString('hex')),
  );
  await Promise.all(more);
  await createSecret(vault, 'one', 'backed up');
  await vault.backUp(at('backup'));
  await createSecret(vault, 'two', 'later');
  vault.close();
});

/** Runs a command and kills it as soon as `moment` holds; resolves to whether it was killed before it had ended. */
function killedWhen(moment: () => boolean, argv: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [latchkey, ...argv], { env: environment, stdio: 'ignore' });
    const watch = setInterval(() => moment() && child.kill('SIGKILL'), 0);
    child.on('exit', (_, signal) => {
      clearInterval(watch);
      resolve(signal === 'SIGKILL');
    });
  });
}

const names = () => fs.readdirSync(place.folder).filter((name) => name !== 'cache');
const leftovers = () => names().filter((name) => name.startsWith('.'));
const sizes = () => leftovers().map((name) => fs.statSync(at(name), { throwIfNoEntry: false })?.size ?? 0);
/** From the first sign of work to the last: files appear beside the file and grow. */
const moments = [0, 1, 100_000, 800_000, 1_500_000, 2_500_000, 3_500_000].map((bytes) => ({
  bytes,
  moment: () => leftovers().length > 0 && sizes().reduce((sum, size) => sum + size, 0) >= bytes,
}));

test('a backup that is killed is not there, or whole; what it leaves is private and sealed', async () => {
  let killed = 0;
  for (const { bytes, moment } of moments) {
    const file = at(`at-${bytes}`);
    killed += Number(await killedWhen(moment, ['vault', 'backup', file]));
    for (const name of leftovers()) {
      expect(fs.statSync(at(name)).mode & 0o777).toBe(0o600);
      expect(fs.readFileSync(at(name)).includes('backed up')).toBe(false);
      fs.rmSync(at(name));
    }
    if (!fs.existsSync(file)) continue;
    expect(await killedWhen(() => false, ['vault', 'restore', file, '--vault-file', at(`again-${bytes}`)])).toBe(false);
    expect(fs.existsSync(at(`again-${bytes}`))).toBe(true);
  }
  expect(killed).toBeGreaterThan(2);
}, 60_000);

test('a restore that is killed leaves the old vault or the new one', async () => {
  let killed = 0;
  for (const { moment } of moments) {
    killed += Number(await killedWhen(moment, ['vault', 'restore', at('backup'), '--replace', '--yes']));
    const vault = await open(place.file);
    expect(await vault.verify()).toEqual([]);
    expect(await secretString(vault, 'one')).toBe('backed up');
    vault.close();
    for (const name of leftovers()) {
      expect(fs.statSync(at(name)).mode & 0o777).toBe(0o600);
      fs.rmSync(at(name));
    }
  }
  expect(killed).toBeGreaterThan(2);
}, 60_000);

test('what was left an hour ago goes, what somebody is at work on stays', async () => {
  const [old, recent] = ['0', '1'].map((digit) => `.backup-2.${digit.repeat(8)}-0000-0000-0000-${digit.repeat(12)}`);
  const other = old!.replace('backup-2', 'backup-3');
  for (const name of [old!, recent!, other]) fs.writeFileSync(at(name), 'x');
  const before = new Date(Date.now() - 2 * 60 * 60 * 1000);
  const folder = old!.replaceAll('0', '2'); // not what a backup leaves, nor what it could take away
  fs.mkdirSync(at(folder));
  for (const name of [old!, other, folder]) fs.utimesSync(at(name), before, before);
  const vault = await open(place.file);
  await vault.backUp(at('backup-2'));
  vault.close();
  expect(leftovers()).toEqual([recent, folder, other].sort());
});
