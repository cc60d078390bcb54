import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSource } from '../../src/input/chunks.ts';
import { contextOver } from '../helpers/memory-clients.ts';
import { terminalForTests } from '../helpers/terminal.ts';

let place: string;
beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-chunks-'));
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

const context = (stdin = '') => contextOver({}, terminalForTests({ stdin })).context;

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const copies: Uint8Array[] = [];
  for await (const chunk of chunks) copies.push(Buffer.from(chunk));
  return Buffer.concat(copies);
}

const openFiles = () => fs.readdirSync('/proc/self/fd').length;

it.each([0, 1, 262_143, 262_144, 262_145, 2_000_000])('reads a file of %i bytes, and says so before', async (size) => {
  const bytes = Buffer.from(Array.from({ length: size }, (_, at) => (at * 7 + (at >> 8)) % 256));
  const file = path.join(place, 'file');
  fs.writeFileSync(file, bytes);
  const source = openSource(context(), file);
  expect([source.said, source.length, source.stats!.size]).toEqual([`"${file}"`, size || undefined, size]);
  expect((await whole(source.chunks)).equals(bytes)).toBe(true);
});

it('keeps each piece as it is until the next but one is asked for', async () => {
  const file = path.join(place, 'file');
  fs.writeFileSync(file, Buffer.concat([1, 2, 3, 4, 5, 6].map((one) => Buffer.alloc(262_144, one))));
  let [number, last] = [0, Buffer.alloc(0) as Uint8Array];
  for await (const chunk of openSource(context(), file).chunks) {
    number += 1;
    await new Promise(setImmediate); // the piece behind it is read meanwhile
    expect([chunk.every((byte) => byte === number), last.every((byte) => byte === number - 1)]).toEqual([true, true]);
    last = chunk;
  }
  expect(number).toBe(6);
});

it('reads standard input', async () => {
  const { said, length, chunks } = openSource(context('piped in'), '-');
  expect([said, length, (await whole(chunks)).toString()]).toEqual(['standard input', undefined, 'piped in']);
});

it.skipIf(!fs.existsSync('/proc/self/fd'))('closes the file, read to its end or not', async () => {
  const file = path.join(place, 'file');
  fs.writeFileSync(file, Buffer.alloc(2_000_000));
  const before = openFiles();
  await whole(openSource(context(), file).chunks);
  for await (const _ of openSource(context(), file).chunks) break;
  openSource(context(), file); // and does not open it before it is read
  expect(openFiles()).toBe(before);
});

it.skipIf(!fs.existsSync('/proc/version'))('reads what the system makes up, which has no length', async () => {
  const { length, chunks } = openSource(context(), '/proc/version');
  expect([length, (await whole(chunks)).length > 0]).toEqual([undefined, true]);
});

it('refuses a folder, and what is not there', () => {
  expect(() => openSource(context(), place)).toThrow('is a folder');
  expect(() => openSource(context(), path.join(place, 'none'))).toThrow('there is no file');
});
