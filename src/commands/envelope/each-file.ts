import fs from 'node:fs';
import path from 'node:path';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { makePrivateFolder, syncFolder, writing } from '../../files.ts';
import { asBytes, type Progress, progressOf } from '../../output/progress.ts';
import { doEach } from '../fates.ts';
import { type Found, filesBelow, requireApart } from './find-files.ts';

export interface FolderOptions {
  recursive?: boolean;
  out?: string;
  overwrite?: boolean;
}

interface Job {
  /** Paths. */
  readonly source: string;
  readonly target: string;
}

interface Work {
  /** Like "sealing". */
  readonly doing: string;
  /** The name of what becomes of a file; undefined where it is not one of ours. */
  nameOf(name: string): string | undefined;
  /** Whether a target that is newer than its source is what would become of it. */
  isSame(target: string): Promise<boolean>;
  convert(job: Job, progress: Progress): Promise<void>;
}

/**
 * Does something to every file below a folder, whatever becomes of the others. Targets are written whole or not at all, so
 * one that is there and newer than its source is done: run again, it does what is left. Throws code `partial` where some
 * fail.
 */
export async function eachFile(
  context: Context,
  from: string,
  { out, overwrite = false }: FolderOptions,
  work: Work,
): Promise<void> {
  const { terminal } = context;
  if (out === undefined) throw new UserError('usage', 'a folder needs --out, the folder that the files go to');
  requireApart(from, out);
  const { files, left } = filesBelow(from);
  const named = files.flatMap((file) => planned(file, { from, out }, work.nameOf(file.name)));
  const todo = overwrite ? named : await without(named, (job) => isDone(job, work));
  const total = todo.reduce((sum, { file }) => sum + file.size, 0);
  const progress = progressOf(terminal, work.doing, total, { say: asBytes });
  const folders = makeFolders(todo);
  try {
    await doEach(terminal, {
      items: todo,
      said: ({ source }) => `"${source}"`,
      work: async (job) => {
        requireFree(job, overwrite);
        await work.convert(job, progress);
      },
      progress,
    });
  } finally {
    for (const folder of folders) syncFolder(folder);
  }
  const counts = { done: todo.length, there: named.length - todo.length, other: files.length - named.length };
  terminal.remark(summary(counts));
  if (left.length > 0)
    terminal.say(`latchkey: warning: ${left.length} were left alone that are no files: links are not followed`);
}

interface Planned extends Job {
  readonly file: Found;
}

const planned = (file: Found, { from, out }: { from: string; out: string }, name: string | undefined): Planned[] =>
  name === undefined ? [] : [{ file, source: path.join(from, file.name), target: path.join(out, name) }];

async function without<Item>(items: readonly Item[], is: (item: Item) => Promise<boolean>): Promise<Item[]> {
  const kept: Item[] = [];
  for (const item of items) if (!(await is(item))) kept.push(item);
  return kept;
}

async function isDone({ file, target }: Planned, { isSame }: Work): Promise<boolean> {
  const there = fs.lstatSync(target, { throwIfNoEntry: false });
  if (!there?.isFile() || there.mtimeMs < file.changed) return false;
  return isSame(target).catch(() => false);
}

/** Before the work, and once each: files come by the thousand. */
function makeFolders(jobs: readonly Job[]): Set<string> {
  const folders = new Set(jobs.map(({ target }) => path.dirname(target)));
  for (const folder of folders) writing(folder, () => makePrivateFolder(folder));
  return folders;
}

function requireFree({ target }: Job, overwrite: boolean): void {
  const there = fs.lstatSync(target, { throwIfNoEntry: false });
  if (!there || (overwrite && there.isFile())) return;
  const what = there.isFile() ? 'is there already, and another' : 'is no file';
  throw new UserError('conflict', `"${target}" ${what}`, { hints: ['to put new ones in their place: --overwrite'] });
}

interface Counts {
  done: number;
  there: number;
  /** Files that have another suffix. */
  other: number;
}

function summary({ done, there, other }: Counts): string {
  const parts = [
    `${done} done`,
    ...(there > 0 ? [`${there} were there already`] : []),
    ...(other > 0 ? [`${other} left alone for their names`] : []),
  ];
  return parts.join('; ');
}
