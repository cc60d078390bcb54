import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makePlace } from '../../helpers/play.ts';

const program = path.join(import.meta.dirname, '../../../bin/latchkey.cjs');
const isThere = (command: string) => !spawnSync(command, ['--version']).error;
const hasKeychain = isThere('dbus-daemon') && isThere('gnome-keyring-daemon');

let place: ReturnType<typeof makePlace>;
beforeEach(() => {
  place = makePlace();
});
afterEach(() => place.remove());

const keys = () => path.join(place.place, 'config/latchkey/keys');
const keyFiles = () => fs.readdirSync(keys()).sort();
const keyLine = () => fs.readFileSync(path.join(keys(), keyFiles()[0]!), 'utf8').trim().split('\n').at(-1)!;

const environmentOf = (bus: string) => ({
  ...{ ...place.environment, LATCHKEY_VAULT: '1', DBUS_SESSION_BUS_ADDRESS: bus, PATH: process.env.PATH },
});

function latchkey(bus: string, argv: string[], input = '', more: Record<string, string> = {}) {
  const env = { ...environmentOf(bus), ...more };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], { env, input, encoding: 'utf8' });
  return { exit: status, out: stdout, said: stderr };
}

const nowhere = 'unix:path=/nonexistent';
const keyFile = () => path.join(keys(), keyFiles()[0]!);
const vaultFile = () => path.join(place.place, 'data/latchkey/vault.db');
const leave = (file: string, line: string) => fs.writeFileSync(file, `${line}\n`, { mode: 0o600 });

test('a key file opens without the package being loaded, and without it the keychain is refused', () => {
  const [addon, mark] = ['addon.cjs', 'loaded'].map((name) => path.join(place.place, name)) as [string, string];
  const throwing = `require('node:fs').writeFileSync(${JSON.stringify(mark)}, ''); throw new Error('no addon');`;
  fs.writeFileSync(addon, throwing);
  const loading = { NAPI_RS_NATIVE_LIBRARY_PATH: addon };
  expect(latchkey(nowhere, ['vault', 'init'], '', loading).exit).toBe(0);
  expect(latchkey(nowhere, ['secret', 'create', 'a'], 'value', loading).exit).toBe(0);
  expect(latchkey(nowhere, ['vault', 'rekey'], '', loading).exit).toBe(0);
  expect(fs.existsSync(mark)).toBe(false);
  const { exit, said } = latchkey(nowhere, ['vault', 'rekey', '--keychain'], '', loading);
  expect([exit, fs.existsSync(mark)]).toEqual([6, true]);
  expect(said).toContain(
    'error: the keychain needs the package "@napi-rs/keyring", which is not installed for this system',
  );
});

test('a key that a file holds is not taken for one in the keychain', () => {
  const file = path.join(place.place, 'my.key');
  leave(file, Buffer.alloc(32, 1).toString('base64'));
  const { exit, said } = latchkey(nowhere, ['vault', 'init', '--keychain', '--key-file', file]);
  expect([exit, fs.existsSync(vaultFile())]).toEqual([5, false]);
  expect(said).toContain(`the key is in a file already, not in the keychain: "${file}"`);
});

describe.skipIf(process.platform !== 'linux')('where no keychain answers', () => {
  test('nothing is made, and no other place is taken instead', () => {
    const { exit, said } = latchkey(nowhere, ['vault', 'init', '--keychain']);
    expect(exit).toBe(6);
    // It is the Secret Service that was asked: the kernel's keyring speaks no D-Bus.
    expect(said).toContain('the keychain of this system does not answer: Platform failure: DBus error');
    expect(fs.existsSync(vaultFile())).toBe(false);
    expect(fs.existsSync(keys())).toBe(false);
  });

  test.each([
    ['names what the keychain does not give', 'keychain:gone'],
    ['was being overwritten', '\0'.repeat(40)],
  ])('a new key that waits, and %s, does not shut out the old one', (_, line) => {
    latchkey(nowhere, ['vault', 'init']);
    latchkey(nowhere, ['secret', 'create', 'a'], 'value');
    leave(`${keyFile()}.next`, line);
    expect(latchkey(nowhere, ['secret', 'get', 'a'])).toMatchObject({ exit: 0, out: 'value' });
    expect(latchkey(nowhere, ['vault', 'rekey']).exit).toBe(0);
    expect(keyFiles().filter((name) => name.endsWith('.next'))).toEqual([]);
    expect(latchkey(nowhere, ['secret', 'get', 'a']).out).toBe('value');
  });

  test('where the keychain may have the key, it is said, and what names it stays', () => {
    latchkey(nowhere, ['vault', 'init']);
    leave(`${keyFile()}.next`, 'keychain:perhaps');
    leave(keyFile(), Buffer.alloc(32, 1).toString('base64'));
    for (const argv of [
      ['secret', 'list'],
      ['vault', 'rekey'],
    ]) {
      const { exit, said } = latchkey(nowhere, argv);
      expect(exit).toBe(6);
      expect(said).toContain('the keychain of this system does not answer');
    }
    expect(keyFiles().filter((name) => name.endsWith('.next'))).toHaveLength(1);
  });

  test('a new key that waits opens where the old one cannot be read; where it does not, that is said', () => {
    latchkey(nowhere, ['vault', 'init']);
    latchkey(nowhere, ['secret', 'create', 'a'], 'value');
    leave(`${keyFile()}.next`, keyLine());
    leave(keyFile(), 'keychain:perhaps');
    expect(latchkey(nowhere, ['secret', 'get', 'a'])).toMatchObject({ exit: 0, out: 'value' });
    leave(`${keyFile()}.next`, Buffer.alloc(32, 1).toString('base64'));
    expect(latchkey(nowhere, ['secret', 'get', 'a']).exit).toBe(6);
  });

  test('neither vault nor key is destroyed with its key', () => {
    latchkey(nowhere, ['vault', 'init']);
    leave(keyFile(), 'keychain:perhaps');
    expect(latchkey(nowhere, ['vault', 'destroy', '--with-key', '--yes']).exit).toBe(6);
    expect([fs.existsSync(vaultFile()), keyLine()]).toEqual([true, 'keychain:perhaps']);
  });

  test('a vault keeps the key that it has', () => {
    expect(latchkey(nowhere, ['vault', 'init']).exit).toBe(0);
    const before = keyLine();
    expect(latchkey(nowhere, ['vault', 'rekey', '--keychain']).exit).toBe(6);
    expect([keyFiles().length, keyLine()]).toEqual([1, before]);
  });

  test.each([
    ['--keychain', '--passphrase'],
    ['--keychain', '--key-file', 'file', '--passphrase'],
  ])('two keys: %s %s', (...options) => {
    expect(latchkey(nowhere, ['vault', 'init', ...options]).exit).toBe(2);
  });
});

describe.skipIf(!hasKeychain)('in the keychain (skipped without dbus-daemon and gnome-keyring-daemon)', () => {
  let daemon: ChildProcess;
  let bus: string;
  let home: ReturnType<typeof makePlace>;
  beforeAll(async () => {
    home = makePlace();
    // The bus has this home, too: asked before the keyring has its name there, it starts one, which joins the first.
    const { PATH } = process.env;
    const own = { PATH, HOME: home.place, XDG_RUNTIME_DIR: home.place };
    daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: own,
    });
    bus = (await firstOf(daemon)).trim();
    // It goes into the background, and ends with the bus.
    const env = { ...own, DBUS_SESSION_BUS_ADDRESS: bus };
    spawnSync('gnome-keyring-daemon', ['--unlock', '--daemonize', '--components=secrets'], { env, input: 'test' });
  });
  afterAll(() => {
    daemon.kill();
    home.remove();
  });

  const firstOf = (child: ChildProcess) =>
    new Promise<string>((resolve, reject) => {
      child.stdout!.once('data', (data) => resolve(String(data)));
      child.once('exit', (code) => reject(new Error(`exit ${code}`)));
    });

  test('a vault opens with a key that no file has', () => {
    expect(latchkey(bus, ['vault', 'init', '--keychain']).exit).toBe(0);
    expect(keyLine()).toMatch(/^keychain:[0-9a-f-]{36}$/);
    expect(latchkey(bus, ['secret', 'create', 'a'], 'value').exit).toBe(0);
    expect(latchkey(bus, ['secret', 'get', 'a']).out).toBe('value');
    expect(JSON.parse(latchkey(bus, ['vault', 'info']).out)).toMatchObject({ Keychain: true });
  });

  test('a new key goes where the old one was, out of it, and back', () => {
    latchkey(bus, ['vault', 'init', '--keychain']);
    latchkey(bus, ['secret', 'create', 'a'], 'value');
    const lines = [[], ['--no-keychain'], ['--keychain']].map((options) => {
      expect(latchkey(bus, ['vault', 'rekey', ...options]).exit).toBe(0);
      expect(latchkey(bus, ['secret', 'get', 'a']).out).toBe('value');
      return keyLine();
    });
    expect(lines.map((line) => line.startsWith('keychain:'))).toEqual([true, false, true]);
    expect(new Set(lines).size).toBe(3);
  });

  test('killed anywhere on the way in and out, the old key or the new one opens', { timeout: 60_000 }, async () => {
    latchkey(bus, ['vault', 'init']);
    latchkey(bus, ['secret', 'create', 'a'], 'value');
    for (let round = 0; round < 12; round += 1) {
      const argv = ['vault', 'rekey', round % 2 ? '--no-keychain' : '--keychain'];
      const child = spawn(process.execPath, [program, ...argv], { env: environmentOf(bus), stdio: 'ignore' });
      const ended = new Promise((resolve) => child.on('exit', resolve));
      // The times reach from before the key is read to after all is done; which step they hit is up to the machine.
      setTimeout(() => child.kill('SIGKILL'), 40 + round * 6);
      await ended;
      expect(latchkey(bus, ['secret', 'get', 'a'])).toMatchObject({ exit: 0, out: 'value' });
    }
    expect(latchkey(bus, ['vault', 'rekey', '--keychain']).exit).toBe(0);
    expect(latchkey(bus, ['secret', 'get', 'a']).out).toBe('value');
    expect(keyFiles().filter((name) => name.endsWith('.next'))).toEqual([]);
  });

  test('what the keychain has lost is named', () => {
    latchkey(bus, ['vault', 'init', '--keychain']);
    const file = path.join(keys(), keyFiles()[0]!);
    fs.writeFileSync(file, 'keychain:none\n');
    const { exit, said } = latchkey(bus, ['secret', 'list']);
    expect(exit).toBe(4);
    expect(said).toContain(`the keychain has no key "none", which "${file}" names`);
  });

  test('it goes with the vault, where that is asked for', () => {
    latchkey(bus, ['vault', 'init', '--keychain']);
    const [name, line] = [keyFiles()[0]!, keyLine()];
    expect(latchkey(bus, ['vault', 'destroy', '--with-key', '--yes']).exit).toBe(0);
    expect(keyFiles()).toEqual([]);
    latchkey(bus, ['vault', 'init', '--keychain']);
    fs.writeFileSync(path.join(keys(), keyFiles()[0]!), `${line}\n`);
    expect(name).not.toBe(keyFiles()[0]);
    expect(latchkey(bus, ['secret', 'list']).said).toContain('the keychain has no key');
  });
});
