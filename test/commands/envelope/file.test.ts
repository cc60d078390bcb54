import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { modeOf, roomForTests } from './latchkey.ts';

const program = path.join(import.meta.dirname, '../../../bin/latchkey.cjs');
const isWindows = process.platform === 'win32';

let room: ReturnType<typeof roomForTests>;
beforeEach(async () => {
  room = roomForTests();
  await room.latchkey(['keygen', '--out', room.at('key'), '--name', 'mine']);
});
afterEach(() => room.remove());

const key = () => ['--key-file', room.at('key')];
const encrypt = (file: string, ...more: string[]) => room.latchkey(['encrypt', room.at(file), ...key(), ...more]);
const decrypt = (file: string, ...more: string[]) => room.latchkey(['decrypt', room.at(file), ...key(), ...more]);
const to = (name: string) => ['--out', room.at(name)];

const sizes = [0, 1, 65_535, 65_536, 65_537, 3_000_000];
test.each(sizes)('a file of %i bytes comes back as it was, signed and armored or not', async (size) => {
  const text = Buffer.alloc(size, 'latchkey');
  room.write({ text });
  for (const how of [[], ['--armor'], ['--suite', 'unsigned'], ['--frame-length', '0'], ['--frame-length', '1000']]) {
    expect(await encrypt('text', ...to('sealed'), '--overwrite', ...how)).toMatchObject({ exit: 0, said: [] });
    expect((await decrypt('sealed', ...to('opened'), '--overwrite')).exit).toBe(0);
    expect(fs.readFileSync(room.at('opened')).equals(text)).toBe(true);
    expect(Buffer.from((await decrypt('sealed')).bytes).equals(text)).toBe(true);
    const { stdout } = await room.latchkey(['inspect', room.at('sealed')]);
    if (!how.includes('--armor')) expect(JSON.parse(stdout).TextBytes).toBe(size);
  }
  expect([modeOf(room.at('sealed')), modeOf(room.at('opened'))]).toEqual([0o600, 0o600]);
});

describe('a message that is not whole', () => {
  const text = Buffer.alloc(1000, 'x');
  let sealed: Buffer;
  beforeEach(async () => {
    room.write({ text, there: 'before' });
    await encrypt('text', ...to('sealed'), '--frame-length', '100');
    sealed = fs.readFileSync(room.at('sealed'));
  });
  const damaged: [string, string, (bytes: Buffer) => Uint8Array][] = [
    ['a bit of the last frame', 'body', (bytes) => flipped(bytes, bytes.length - 140)],
    ['a bit of the signature', 'signature', (bytes) => flipped(bytes, bytes.length - 1)],
    ['the signature missing', 'truncated', (bytes) => bytes.subarray(0, -110)],
    ['more behind its end', 'signature', (bytes) => Buffer.concat([bytes, bytes])],
  ];
  const flipped = (bytes: Buffer, at: number) => {
    const copy = Buffer.from(bytes);
    copy[at]! ^= 1;
    return copy;
  };

  test.each(damaged)('%s: nothing is in the file, and stdout never has its last frame', async (_, damage, change) => {
    room.write({ sealed: change(sealed) });
    const file = await decrypt('sealed', ...to('opened'));
    expect([file.exit, file.said[0]]).toEqual([7, expect.stringContaining(`(${damage})`)]);
    expect(room.names('.').filter((name) => /opened|^\./.test(name))).toEqual([]);
    const over = await decrypt('sealed', ...to('there'), '--overwrite');
    expect([over.exit, room.read('there')]).toEqual([7, 'before']);
    const { exit, said, bytes } = await decrypt('sealed');
    expect([exit, said.at(-1)]).toEqual([7, expect.stringContaining(`(${damage})`)]);
    expect(bytes.length).toBeLessThan(text.length);
    if (bytes.length > 0) expect(said[0]).toMatch(/^latchkey: warning: what standard output has got is not whole/);
  });
});

describe('at a terminal', () => {
  it('text is shown, and nothing of what is damaged', async () => {
    room.write({ text: 'for \x1b[2Jyour eyes' });
    await encrypt('text', ...to('sealed'));
    const show = () => room.latchkey(['decrypt', room.at('sealed'), ...key()], { tty: true });
    expect(await show()).toMatchObject({ exit: 0, stdout: 'for \\x1b[2Jyour eyes\n' });
    fs.appendFileSync(room.at('sealed'), 'x');
    expect(await show()).toMatchObject({ exit: 7, stdout: '' });
  });

  it('binary is not for it, unless forced', async () => {
    room.write({ text: 'x' });
    const seal = (...more: string[]) =>
      room.latchkey(['encrypt', room.at('text'), ...key(), ...more], { tty: true, answers: [] });
    expect(await seal()).toMatchObject({ exit: 2, stdout: '' });
    expect((await seal('--force')).bytes[0]).toBe(2);
    expect((await seal('--armor')).stdout).toMatch(/^[A-Za-z0-9+/=\n]+$/);
  });

  it('passphrases are asked for, new ones twice', async () => {
    room.write({ text: 'x' });
    const run = (verb: string, file: string, answers: string[], ...more: string[]) =>
      room.latchkey([verb, room.at(file), '--passphrase', ...more], { tty: true, answers });
    const differ = await run('encrypt', 'text', ['one', 'two'], ...to('sealed'));
    expect([differ.exit, differ.said.at(-1)]).toEqual([2, 'latchkey: error: the two are not the same']);
    expect((await run('encrypt', 'text', ['one', 'one'], ...to('sealed'))).exit).toBe(0);
    expect(await run('decrypt', 'sealed', ['one'])).toMatchObject({ exit: 0, stdout: 'x\n' });
    expect((await run('decrypt', 'sealed', ['two'])).exit).toBe(7);
  });
});

describe('places', () => {
  beforeEach(() => room.write({ text: 'text' }));

  it('the input by another name is not written over', async () => {
    fs.linkSync(room.at('text'), room.at('also'));
    const { exit, said } = await encrypt('text', ...to('also'), '--overwrite');
    expect([exit, said[0], room.read('text')]).toEqual([2, expect.stringContaining('the output is the input'), 'text']);
  });

  it('a link is not followed', async () => {
    fs.symlinkSync(room.at('text'), room.at('link'));
    expect((await encrypt('text', ...to('link'), '--overwrite')).exit).toBe(5);
    expect(room.read('text')).toBe('text');
  });

  it('a disk that is full leaves what was there, and nothing beside it', async () => {
    room.write({ sealed: 'before' });
    const rename = vi.spyOn(fs, 'renameSync').mockImplementation(() => {
      throw Object.assign(new Error(), { code: 'ENOSPC' });
    });
    try {
      const { exit, said } = await encrypt('text', ...to('sealed'), '--overwrite');
      expect([exit, said[0]]).toEqual([4, expect.stringContaining('there is no space left')]);
    } finally {
      rename.mockRestore();
    }
    expect([room.read('sealed'), room.names('.').filter((name) => name.startsWith('.sealed'))]).toEqual(['before', []]);
  });

  it.skipIf(!fs.existsSync('/dev/full'))('so does standard output', () => {
    const full = fs.openSync('/dev/full', 'w');
    const argv = [program, 'encrypt', room.at('text'), ...key()];
    const { status, stderr } = spawnSync(process.execPath, argv, {
      ...{ env: room.environment, encoding: 'utf8', stdio: ['ignore', full, 'pipe'] },
    });
    fs.closeSync(full);
    expect([status, stderr]).toEqual([6, expect.stringContaining('no space is left')]);
  });

  it.skipIf(isWindows)('a key file that others can read is refused', async () => {
    fs.chmodSync(room.at('key'), 0o644);
    expect(await encrypt('text')).toMatchObject({
      exit: 4,
      said: [
        expect.stringContaining('other users can read the key file'),
        `latchkey: hint: chmod 600 ${room.at('key')}`,
      ],
    });
  });

  it('of a pair, both halves are written, each for those it is for', async () => {
    const { exit } = await room.latchkey(['keygen', '--type', 'rsa', '--bits', '2048', ...to('pair')]);
    expect([exit, modeOf(room.at('pair')), modeOf(room.at('pair.pub'))]).toEqual([0, 0o600, 0o644]);
    expect(room.read('pair.pub')).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  });

  it('rewrapping in its place keeps permissions, and changes what a link leads to', async () => {
    await encrypt('text', ...to('sealed'));
    await room.latchkey(['keygen', '--name', 'yours', '--out', room.at('yours')]);
    fs.chmodSync(room.at('sealed'), 0o640);
    fs.symlinkSync(room.at('sealed'), room.at('link'));
    const { exit } = await room.latchkey([
      ...['rewrap', room.at('link'), ...key(), '--add-key-file', room.at('yours'), '--remove', 'mine', '--yes'],
    ]);
    expect([exit, modeOf(room.at('sealed')), fs.lstatSync(room.at('link')).isSymbolicLink()]).toEqual([0, 0o640, true]);
    expect((await decrypt('sealed')).exit).toBe(7);
    expect((await room.latchkey(['decrypt', room.at('sealed'), '--key-file', room.at('yours')])).stdout).toBe('text');
  });

  it('rewrapping what is damaged leaves it as it is', async () => {
    await encrypt('text', ...to('sealed'));
    await room.latchkey(['keygen', '--name', 'yours', '--out', room.at('yours')]);
    fs.appendFileSync(room.at('sealed'), 'x');
    const before = fs.readFileSync(room.at('sealed'));
    const argv = ['rewrap', room.at('sealed'), ...key(), '--add-key-file', room.at('yours'), '--yes'];
    expect((await room.latchkey(argv)).exit).toBe(7);
    expect(fs.readFileSync(room.at('sealed'))).toEqual(before);
    expect(room.names('.').filter((name) => name.startsWith('.sealed'))).toEqual([]);
  });
});

describe.skipIf(isWindows)('through a pipe with a name', () => {
  const start = (argv: string[]) => spawn(process.execPath, [program, ...argv], { env: room.environment });
  beforeEach(() => spawnSync('mkfifo', [room.at('pipe')]));

  it('what comes is sealed', async () => {
    const child = start(['encrypt', room.at('pipe'), ...key(), ...to('sealed')]);
    const ended = once(child, 'exit');
    await fs.promises.writeFile(room.at('pipe'), 'through a pipe');
    expect(await ended).toEqual([0, null]);
    expect((await decrypt('sealed')).stdout).toBe('through a pipe');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s leaves nothing behind', async (signal) => {
    const child = start(['encrypt', room.at('pipe'), ...key(), ...to('sealed')]);
    const ended = once(child, 'exit');
    const writer = await fs.promises.open(room.at('pipe'), 'w');
    await writer.writeFile(Buffer.alloc(3_000_000));
    const parts = () => room.names('.').filter((name) => name.startsWith('.sealed'));
    while (parts().length === 0) await wait(10);
    child.kill(signal);
    expect(await ended).toEqual([null, signal]);
    await writer.close();
    expect([parts(), fs.existsSync(room.at('sealed'))]).toEqual([[], false]);
  });

  it('is no place to write to', async () => {
    room.write({ text: 'text' });
    const { exit, said } = await encrypt('text', ...to('pipe'), '--overwrite');
    expect([exit, said[0]]).toEqual([2, `latchkey: error: "${room.at('pipe')}" is no file`]);
  });
});

it('says how far it is, how fast, and how much longer', async () => {
  room.write({ text: Buffer.alloc(1024 * 1024) });
  let time = 0;
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => {
    time += 1000;
    return time;
  });
  const argv = ['encrypt', room.at('text'), ...key(), ...to('sealed')];
  const { statuses } = await room.latchkey(argv, { tty: true }).finally(() => clock.mockRestore());
  expect(statuses).toEqual([
    'sealing: 256.0 KiB of 1.0 MiB, 256.0 KiB a second, 3 s left',
    'sealing: 512.0 KiB of 1.0 MiB, 256.0 KiB a second, 2 s left',
    'sealing: 768.0 KiB of 1.0 MiB, 256.0 KiB a second, 1 s left',
    'sealing: 1.0 MiB of 1.0 MiB, 256.0 KiB a second, 0 s left',
    '',
  ]);
});
