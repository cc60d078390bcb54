import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makePrivateFolder, writeFileWhole } from '../src/files.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-files-'));
  file = path.join(folder, 'file');
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
});

const modeOf = (name: string) => fs.statSync(name).mode & 0o777;

describe('writeFileWhole', () => {
  it('writes a file, replaces it, and leaves nothing beside it', () => {
    writeFileWhole(file, 'one');
    writeFileWhole(file, Uint8Array.from([0, 255]));
    expect([...fs.readFileSync(file)]).toEqual([0, 255]);
    expect(fs.readdirSync(folder)).toEqual(['file']);
  });

  it('does not replace one where that was asked', () => {
    fs.writeFileSync(file, 'old');
    expect(() => writeFileWhole(file, 'new', { exclusive: true })).toThrow(expect.objectContaining({ code: 'EEXIST' }));
    expect(fs.readFileSync(file, 'utf8')).toBe('old');
    expect(fs.readdirSync(folder)).toEqual(['file']);
  });

  it('leaves the old file where the disk is full', () => {
    fs.writeFileSync(file, 'old');
    vi.spyOn(fs, 'fsyncSync').mockImplementation(() => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    });
    expect(() => writeFileWhole(file, 'new')).toThrow('full');
    expect(fs.readFileSync(file, 'utf8')).toBe('old');
    expect(fs.readdirSync(folder)).toEqual(['file']);
  });

  it.skipIf(process.platform === 'win32')('is for the owner alone, where nothing else is said', () => {
    writeFileWhole(file, 'x');
    expect(modeOf(file)).toBe(0o600);
    writeFileWhole(file, 'x', { mode: 0o640 });
    expect(modeOf(file)).toBe(0o640);
  });
});

it.skipIf(process.platform === 'win32')('makes folders private, and leaves those that are there', () => {
  makePrivateFolder(path.join(folder, 'a/b'));
  expect([modeOf(path.join(folder, 'a')), modeOf(path.join(folder, 'a/b'))]).toEqual([0o700, 0o700]);
  fs.chmodSync(path.join(folder, 'a'), 0o755);
  makePrivateFolder(path.join(folder, 'a'));
  expect(modeOf(path.join(folder, 'a'))).toBe(0o755);
});
