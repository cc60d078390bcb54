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

function latchkey(bus: string, argv: string[], input = '') {
  const env = { ...place.environment, LATCHKEY_VAULT: '1', DBUS_SESSION_BUS_ADDRESS: bus, PATH: process.env.PATH };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], { env, input, encoding: 'utf8' });
  return { exit: status, out: stdout, said: stderr };
}

describe.skipIf(process.platform !== 'linux')('where no keychain answers', () => {
  const nowhere = 'unix:path=/nonexistent';

  test('nothing is made, and no other place is taken instead', () => {
    const { exit, said } = latchkey(nowhere, ['vault', 'init', '--keychain']);
    expect(exit).toBe(6);
    expect(said).toContain('the keychain of this system does not answer');
    expect(fs.existsSync(path.join(place.place, 'data/latchkey/vault.db'))).toBe(false);
    expect(fs.existsSync(keys())).toBe(false);
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
    daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    bus = (await firstOf(daemon)).trim();
    const env = { ...process.env, HOME: home.place, XDG_RUNTIME_DIR: home.place, DBUS_SESSION_BUS_ADDRESS: bus };
    // It goes into the background once it answers, and ends with the bus.
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
