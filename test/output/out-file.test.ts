import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkOut, writeOut } from '../../src/output/out-file.ts';
import { terminalForTests } from '../helpers/terminal.ts';

let place: string;
let out: string;
beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-out-'));
  out = path.join(place, 'all.env');
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

const write = (options: { out?: string; overwrite?: boolean }, terminal = terminalForTests()) =>
  writeOut(terminal, 'A=new\n', options).then(() => terminal);
const modeOf = (file: string) => fs.statSync(file).mode & 0o777;

it('writes to stdout where no file is named, on a terminal what can be seen', async () => {
  expect((await write({})).stdout).toBe('A=new\n');
  const terminal = terminalForTests({ tty: true });
  await writeOut(terminal, 'a\x1b[2Jb\n', {});
  expect(terminal.stdout).toBe('a\\x1b[2Jb\n');
});

it('makes a file that only its owner can read, and nothing beside it', async () => {
  expect((await write({ out })).stdout).toBe('');
  expect([fs.readFileSync(out, 'utf8'), modeOf(out)]).toEqual(['A=new\n', 0o600]);
  expect(fs.readdirSync(place)).toEqual(['all.env']);
});

it('takes the place of a file only when told, and lets nobody read what others could', async () => {
  fs.writeFileSync(out, 'A=old\n', { mode: 0o644 });
  await expect(write({ out })).rejects.toMatchObject({ code: 'conflict' });
  expect(fs.readFileSync(out, 'utf8')).toBe('A=old\n');
  await write({ out, overwrite: true });
  expect([fs.readFileSync(out, 'utf8'), modeOf(out)]).toEqual(['A=new\n', 0o600]);
});

describe('what is refused', () => {
  it('a link, with what it leads to left alone', async () => {
    const target = path.join(place, 'target');
    fs.writeFileSync(target, 'old');
    fs.symlinkSync(target, out);
    await expect(write({ out, overwrite: true })).rejects.toMatchObject({
      code: 'conflict',
      message: `"${out}" is a link`,
    });
    expect(fs.readFileSync(target, 'utf8')).toBe('old');
  });

  it('a link that leads nowhere', () => {
    fs.symlinkSync(path.join(place, 'none'), out);
    expect(() => checkOut({ out, overwrite: true })).toThrow('is a link');
  });

  it.each([
    ['a folder', os.tmpdir(), 'is a folder'],
    ['a device', '/dev/null', 'is no file'],
  ])('%s', async (_, file, message) => {
    await expect(write({ out: file, overwrite: true })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
    });
  });

  it('a folder that is not there', async () => {
    await expect(write({ out: path.join(place, 'none/all.env') })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('a disk that is full: what was there stays, and nothing beside it', async () => {
    fs.writeFileSync(out, 'A=old\n');
    const full = vi.spyOn(fs, 'fsyncSync').mockImplementation(() => {
      throw Object.assign(new Error(), { code: 'ENOSPC' });
    });
    try {
      await expect(write({ out, overwrite: true })).rejects.toMatchObject({
        code: 'denied',
        message: `"${out}" cannot be made: there is no space left`,
      });
    } finally {
      full.mockRestore();
    }
    expect([fs.readdirSync(place), fs.readFileSync(out, 'utf8')]).toEqual([['all.env'], 'A=old\n']);
  });

  it('--overwrite by itself', async () => {
    await expect(write({ overwrite: true })).rejects.toMatchObject({ code: 'usage' });
  });
});
