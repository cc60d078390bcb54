import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { syncFolder } from '../files.ts';

const [writev, fsync, fdatasync] = [promisify(fs.writev), promisify(fs.fsync), promisify(fs.fdatasync)];

/** Bytes that are handed to the disk at once at least; smaller pieces are gathered. */
const batchLength = 65_536;

/** Bytes after which the disk is told to keep what it has got, while more is made: else a long file waits for all of it at its end. */
const syncLength = 24 * 1024 * 1024;

interface Writing {
  /** Permissions of the new file; 0600 where nothing else is said. */
  mode?: number;
  /** Throws `EEXIST` instead of replacing a file. */
  exclusive?: boolean;
  /** Whoever writes many makes their names durable once, at the end, with `syncFolder`. */
  folderLater?: boolean;
}

/**
 * Writes what comes piece by piece, whole or not at all: into a new file beside it that only its owner can read, synced,
 * then renamed into place once all has come. Where the pieces fail, or a signal ends the program, nothing is left.
 * Resolves to the number of bytes. Throws Node's own errors, and those of the pieces.
 */
export async function streamFileWhole(
  file: string,
  pieces: AsyncIterable<Uint8Array>,
  { mode = 0o600, exclusive, folderLater }: Writing = {},
): Promise<number> {
  const part = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}`);
  begin(part);
  try {
    const length = await writeSynced(part, pieces, mode);
    place(part, file, exclusive);
    if (!folderLater) syncFolder(path.dirname(file));
    return length;
  } catch (error) {
    fs.rmSync(part, { force: true });
    throw error;
  } finally {
    end(part);
  }
}

/** A rename would replace what is there; a link does not. */
function place(part: string, file: string, exclusive = false): void {
  if (exclusive) {
    fs.linkSync(part, file);
    fs.unlinkSync(part);
  } else fs.renameSync(part, file);
}

async function writeSynced(part: string, pieces: AsyncIterable<Uint8Array>, mode: number): Promise<number> {
  const fd = fs.openSync(part, 'wx', mode);
  try {
    const length = await writeAll(fd, pieces);
    await fsync(fd);
    return length;
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * A piece is made while the last is on its way to the disk. It needs to be good until the next but one is asked for; one
 * that waits for others is copied.
 */
async function writeAll(fd: number, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  let [waiting, size, total]: [Uint8Array[], number, number] = [[], 0, 0];
  let [underWay, syncing, synced] = [Promise.resolve(), Promise.resolve(), 0];
  const flush = () => {
    underWay = later(writeBatch(fd, waiting));
    total += size;
    [waiting, size] = [[], 0];
  };
  const sync = async () => {
    await syncing;
    syncing = later(fdatasync(fd));
    synced = total;
  };
  try {
    for await (const piece of pieces) {
      await underWay;
      waiting.push(piece.length < batchLength ? Buffer.from(piece) : piece);
      size += piece.length;
      if (size >= batchLength) flush();
      if (total - synced >= syncLength) await sync();
    }
    await underWay;
    flush();
  } finally {
    await Promise.allSettled([underWay, syncing]); // the file is closed then
    await underWay;
    await syncing;
  }
  return total;
}

/** What it throws, it throws when it is waited for. */
function later<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** A disk may take less than it is given. */
async function writeBatch(fd: number, pieces: readonly Uint8Array[]): Promise<void> {
  let rest = pieces.filter(({ length }) => length > 0);
  while (rest.length > 0) rest = without(rest, (await writev(fd, rest)).bytesWritten);
}

function without(pieces: readonly Uint8Array[], count: number): Uint8Array[] {
  let left = count;
  return pieces.flatMap((piece) => {
    const taken = Math.min(left, piece.length);
    left -= taken;
    return taken === piece.length ? [] : [piece.subarray(taken)];
  });
}

const unfinished = new Set<string>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function begin(part: string): void {
  if (unfinished.size === 0) for (const signal of signals) process.on(signal, removeAll);
  unfinished.add(part);
}

function end(part: string): void {
  unfinished.delete(part);
  if (unfinished.size === 0) for (const signal of signals) process.off(signal, removeAll);
}

/** Then the signal does what it would have done. */
function removeAll(signal: NodeJS.Signals): void {
  for (const part of unfinished) fs.rmSync(part, { force: true });
  for (const one of signals) process.off(one, removeAll);
  process.kill(process.pid, signal);
}
