import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { streamFileWhole } from '../../src/output/stream-file.ts';

let place: string;
let file: string;
beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-stream-'));
  file = path.join(place, 'file');
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

async function* pieces(lengths: number[], error?: Error): AsyncGenerator<Uint8Array> {
  for (const [at, length] of lengths.entries()) yield Buffer.alloc(length, at + 1);
  if (error) throw error;
}

const lengths = [1, 0, 65_535, 65_536, 3, 2_000_000, 7];
const whole = Buffer.concat(lengths.map((length, at) => Buffer.alloc(length, at + 1)));
const listeners = () => ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => process.listenerCount(signal));

it('writes all pieces in their order, and nothing beside them', async () => {
  expect(await streamFileWhole(file, pieces(lengths))).toBe(whole.length);
  expect(fs.readFileSync(file).equals(whole)).toBe(true);
  expect([fs.readdirSync(place), fs.statSync(file).mode & 0o777]).toEqual([['file'], 0o600]);
});

it('makes an empty file of no pieces', async () => {
  expect(await streamFileWhole(file, pieces([]))).toBe(0);
  expect(fs.readFileSync(file).length).toBe(0);
});

it('copes with memory that is used again, as long as the next but one is not asked for', async () => {
  async function* again() {
    const regions = [Buffer.alloc(70_000), Buffer.alloc(70_000), Buffer.alloc(70_000)];
    const small = [Buffer.alloc(10), Buffer.alloc(10), Buffer.alloc(10)];
    for (let turn = 0; turn < 30; turn += 1) yield (turn % 4 < 2 ? small : regions)[turn % 3]!.fill(turn);
  }
  await streamFileWhole(file, again());
  const wanted = Array.from({ length: 30 }, (_, turn) => Buffer.alloc(turn % 4 < 2 ? 10 : 70_000, turn));
  expect(fs.readFileSync(file).equals(Buffer.concat(wanted))).toBe(true);
});

it('leaves what was there where the pieces fail, and lets go of signals', async () => {
  const before = listeners();
  fs.writeFileSync(file, 'before');
  await expect(streamFileWhole(file, pieces(lengths, new Error('half-way')))).rejects.toThrow('half-way');
  expect([fs.readdirSync(place), fs.readFileSync(file, 'utf8')]).toEqual([['file'], 'before']);
  expect(listeners()).toEqual(before);
});

it('does not take the place of a file that came meanwhile, when told', async () => {
  async function* slow() {
    yield Buffer.from('new');
    fs.writeFileSync(file, 'faster');
  }
  await expect(streamFileWhole(file, slow(), { exclusive: true })).rejects.toMatchObject({ code: 'EEXIST' });
  expect([fs.readdirSync(place), fs.readFileSync(file, 'utf8')]).toEqual([['file'], 'faster']);
});

it('leaves nothing of a long file that the disk could not keep half-way', async () => {
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  const spy = vi.spyOn(fs, 'fdatasync').mockImplementation((_, done) => void setImmediate(done, full));
  vi.resetModules();
  const fresh = await import('../../src/output/stream-file.ts');
  await expect(fresh.streamFileWhole(file, pieces(Array(30).fill(1024 * 1024)))).rejects.toBe(full);
  expect([spy.mock.calls.length, fs.readdirSync(place)]).toEqual([1, []]);
  spy.mockRestore();
});

it('closes a file only once the disk has done with it, also where writing failed meanwhile', async () => {
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  const order: string[] = [];
  const close = fs.closeSync;
  type Done = (error: Error | null, written?: { bytesWritten: number }) => void;
  const write = (_fd: number, [piece]: Uint8Array[], done: Done) =>
    setImmediate(() => (order.includes('syncing') ? done(full) : done(null, { bytesWritten: piece!.length })));
  vi.spyOn(fs, 'writev').mockImplementation(write as never);
  vi.spyOn(fs, 'fdatasync').mockImplementation((_fd, done) => {
    order.push('syncing');
    setTimeout(() => {
      order.push('synced');
      done(null);
    }, 50);
  });
  vi.spyOn(fs, 'closeSync').mockImplementation((fd) => {
    order.push('closed');
    close(fd);
  });
  vi.resetModules();
  const fresh = await import('../../src/output/stream-file.ts');
  await expect(fresh.streamFileWhole(file, pieces(Array(30).fill(1024 * 1024)))).rejects.toBe(full);
  vi.restoreAllMocks();
  expect([order.slice(0, 3), fs.readdirSync(place)]).toEqual([['syncing', 'synced', 'closed'], []]);
});
