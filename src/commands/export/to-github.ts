import fs from 'node:fs';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { writing } from '../../files.ts';
import { masksOf } from '../../formats/masks.ts';
import type { Pair } from '../../formats/pair.ts';
import { type OutOptions, writeOut } from '../../output/out-file.ts';

/**
 * Hides the values in the log first, then hands the variables to the steps that follow: in `$GITHUB_ENV`, unless a file
 * is named. Without either, the text alone is printed, since masks would be no part of that file.
 */
export async function writeToGithub(
  { terminal, environment }: Context,
  { pairs, text }: { pairs: readonly Pair[]; text: string },
  options: OutOptions,
): Promise<void> {
  const file = options.out === undefined ? environment.GITHUB_ENV || undefined : undefined;
  if (options.out === undefined && file === undefined) {
    terminal.say('no value is masked: GITHUB_ENV is not set, so this is not a step of GitHub Actions');
    return writeOut(terminal, text, options);
  }
  const { lines, short } = masksOf(pairs);
  await terminal.write(lines.map((line) => `${line}\n`).join(''));
  for (const name of short) terminal.say(`not masked, or not all of it, since it is too short: "${name}"`);
  if (file === undefined) return writeOut(terminal, text, options);
  writing(file, () => appendWhole(file, text));
}

/** All of it or nothing: what a full disk took of it is cut off again. */
function appendWhole(file: string, text: string): void {
  const fd = openThere(file);
  try {
    const { size } = fs.fstatSync(fd);
    try {
      fs.writeFileSync(fd, endsLine(fd, size) ? text : `\n${text}`);
    } catch (error) {
      fs.ftruncateSync(fd, size);
      throw error;
    }
  } finally {
    fs.closeSync(fd);
  }
}

function openThere(file: string): number {
  try {
    return fs.openSync(file, fs.constants.O_RDWR | fs.constants.O_APPEND);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new UserError('not-found', `there is no file "${file}", which GITHUB_ENV names`, { cause });
  }
}

/** Whether what another step wrote is a whole line. */
function endsLine(fd: number, size: number): boolean {
  const last = Buffer.alloc(1);
  return size === 0 || (fs.readSync(fd, last, 0, 1, size - 1) === 1 && last[0] === 0x0a);
}
