import fs from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import type { Terminal } from '../context.ts';
import { UserError } from '../errors.ts';
import { writeFileWhole, writing } from '../files.ts';
import { visible } from './visible.ts';

export interface OutOptions {
  out?: string;
  overwrite?: boolean;
}

/** Adds `--out` and `--overwrite`. */
export const addOutOptions = (command: Command): Command =>
  command
    .option('--out <file>', 'write to this file, which only you can read; all of it or nothing')
    .option('--overwrite', 'with --out: take the place of a file that is there');

/**
 * Throws what would keep `writeOut` from writing, as far as it can be known before anything is read: code `conflict` for
 * a file that is there, `usage` for what is no file.
 */
export function checkOut({ out, overwrite }: OutOptions): void {
  if (out === undefined) {
    if (overwrite) throw new UserError('usage', '--overwrite says what to do with --out, which is not there');
    return;
  }
  const there = fs.lstatSync(out, { throwIfNoEntry: false });
  if (there?.isSymbolicLink()) {
    throw new UserError('conflict', `"${out}" is a link`, { hints: ['name the file that it leads to'] });
  }
  if (there && !there.isFile()) {
    throw new UserError('usage', `"${out}" is ${there.isDirectory() ? 'a folder' : 'no file'}`, {
      hints: ['choose another name, or leave out --out for standard output'],
    });
  }
  if (there && !overwrite) throw taken(out);
}

/**
 * Writes text that holds secrets: to a new file of mode 0600, whole or not at all, which takes the place of an old one
 * with its permissions; else to stdout, exactly when piped, and visible on a terminal.
 */
export async function writeOut(terminal: Terminal, text: string | Uint8Array, options: OutOptions): Promise<void> {
  const { out, overwrite = false } = options;
  checkOut(options);
  if (out === undefined) {
    return terminal.write(terminal.outIsTTY && typeof text === 'string' ? visible(text) : text);
  }
  const file = path.resolve(out);
  requireFolder(file);
  await sayTaken(out, () => writing(out, () => writeFileWhole(file, text, { exclusive: !overwrite })));
  terminal.remark(`wrote "${out}"`);
}

/** Somebody else may have been faster than `checkOut`. */
export async function sayTaken<T>(out: string, work: () => T): Promise<Awaited<T>> {
  try {
    return await work();
  } catch (error) {
    throw ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'EEXIST' ? taken(out) : error;
  }
}

/** Throws code `not-found` where the folder of a new file is not there. */
export function requireFolder(file: string): void {
  const folder = path.dirname(file);
  if (fs.existsSync(folder)) return;
  throw new UserError('not-found', `there is no folder "${folder}"`, { hints: [`make it: "mkdir -p ${folder}"`] });
}

const taken = (out: string) =>
  new UserError('conflict', `there is a file already: "${out}"`, {
    hints: ['to put the new one in its place: --overwrite'],
  });
