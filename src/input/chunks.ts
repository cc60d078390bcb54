import fs from 'node:fs';
import { promisify } from 'node:util';
import type { Context } from '../context.ts';
import { UserError } from '../errors.ts';

// Those of node:fs/promises take a tenth of a start to load.
const [open, read] = [promisify(fs.open), promisify(fs.read)];

/** Bytes that are asked of the disk at once. */
const pieceLength = 262_144;

/** Something to read once, from its start to its end, however long it is. */
export interface Source {
  /** What a person calls it. */
  readonly said: string;
  /** Their memory is used again: a piece is good until the next but one is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** In bytes; undefined where only the end tells. */
  readonly length?: number;
  /** Of a file. */
  readonly stats?: fs.Stats;
}

/**
 * A file, a pipe with a name, or standard input ("-"). Nothing is read yet, and a file is closed when its bytes have been
 * taken or nobody wants more. Throws code `not-found`, `denied`, and `usage` for a folder.
 */
export function openSource({ terminal }: Context, file: string): Source {
  if (file === '-') return { said: 'standard input', chunks: terminal.chunks() };
  const stats = reading(file, () => fs.statSync(file));
  if (stats.isDirectory()) {
    throw new UserError('usage', `"${file}" is a folder`, { hints: ['for all that is in it: --recursive'] });
  }
  // What the system makes up when it is read, as in /proc, says that it is empty.
  const length = stats.isFile() && stats.size > 0 ? stats.size : undefined;
  return { said: `"${file}"`, chunks: chunksOf(file, length), length, stats };
}

/** One piece is in use, one is held back, one is on its way. */
const buffers = 3;

/** Reads ahead, into the same memory again and again: new memory costs more than reading does. */
async function* chunksOf(file: string, length = pieceLength): AsyncGenerator<Uint8Array> {
  const fd = await reading(file, () => open(file, 'r'));
  const free: Buffer[] = [];
  const take = async (turn: number) => {
    free[turn % buffers] ??= Buffer.allocUnsafe(Math.min(length + 1, pieceLength));
    const buffer = free[turn % buffers]!;
    const { bytesRead } = await reading(file, () => read(fd, buffer, 0, buffer.length, null));
    return buffer.subarray(0, bytesRead);
  };
  let next = take(0);
  try {
    for (let turn = 1; ; turn += 1) {
      const piece = await next;
      if (piece.length === 0) return;
      next = take(turn);
      next.catch(() => {}); // it is thrown when its turn comes
      yield piece;
    }
  } finally {
    await next.catch(() => {});
    fs.closeSync(fd);
  }
}

/** What `work` returns; where the system refuses it, a `UserError`. */
function reading<T>(file: string, work: () => T): T {
  const refuse = (cause: NodeJS.ErrnoException): never => {
    if (cause.code === 'ENOENT') throw new UserError('not-found', `there is no file "${file}"`, { cause });
    throw new UserError('denied', `"${file}" cannot be read`, { cause });
  };
  try {
    const result = work();
    return result instanceof Promise ? (result.catch(refuse) as T) : result;
  } catch (error) {
    return refuse(error as NodeJS.ErrnoException);
  }
}
