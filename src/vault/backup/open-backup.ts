import fs from 'node:fs';
import { VaultError } from '../errors.ts';
import { openMasterKey, type Unlocking } from '../master-key.ts';
import type { SealedHeader } from '../sealed-header.ts';
import { open } from '../store/sealing.ts';
import { backupKey, frameBinding, magic, readHeader, sealedFrameLength } from './format.ts';

interface Backup {
  readonly header: SealedHeader;
  /** The two lines, as they stand in the file. */
  readonly printed: string;
}

const mostHeader = 4096;

/** What a backup says of itself. Throws a `VaultError` for a file that is none. */
export function readBackup(file: string): Backup {
  const start = readStart(file);
  const [first, second] = start.split('\n', 2);
  if (first !== magic) throw new VaultError('not-a-vault', `"${file}" is not a backup of a latchkey vault`);
  return { header: readHeader(second ?? ''), printed: `${first}\n${second}\n` };
}

function readStart(file: string): string {
  const input = fs.openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(mostHeader);
    return bytes.toString('latin1', 0, fs.readSync(input, bytes, 0, mostHeader, 0));
  } finally {
    fs.closeSync(input);
  }
}

/** Writes what is in a backup into a new file. Throws a `VaultError` for another key, and for a backup that is not whole. */
export async function openBackup(
  file: string,
  to: string,
  unlock: (header: SealedHeader) => Promise<Unlocking | readonly Unlocking[]>,
): Promise<void> {
  const { header, printed } = readBackup(file);
  const key = backupKey(await openMasterKey(header, await unlock(header)), header);
  const [input, output] = [fs.openSync(file, 'r'), fs.openSync(to, 'wx', 0o600)];
  try {
    for (const frame of frames(input, printed, key)) fs.writeFileSync(output, frame);
    fs.fsyncSync(output);
  } finally {
    fs.closeSync(input);
    fs.closeSync(output);
  }
}

function* frames(input: number, printed: string, key: Uint8Array): Generator<Uint8Array> {
  const binding = frameBinding(printed);
  const size = fs.fstatSync(input).size;
  let at = Buffer.byteLength(printed, 'latin1');
  if (at >= size) throw cutShort();
  for (let index = 0; at < size; index += 1) {
    const length = read(input, at, 4).readUInt32BE();
    if (length > sealedFrameLength) throw new VaultError('damaged', 'the backup is damaged');
    const sealed = read(input, at + 4, length);
    at += 4 + length;
    yield openFrame(key, binding(index, at >= size), sealed);
  }
}

function openFrame(key: Uint8Array, binding: string[], sealed: Uint8Array): Uint8Array {
  try {
    return open(key, binding, sealed);
  } catch (error) {
    throw new VaultError('damaged', 'the backup is damaged, or cut short', error);
  }
}

function read(input: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  if (fs.readSync(input, bytes, 0, length, at) < length) throw cutShort();
  return bytes;
}

const cutShort = () => new VaultError('damaged', 'the backup is cut short');
