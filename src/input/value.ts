import fs from 'node:fs';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { UserError } from '../errors.ts';

export interface ValueOptions {
  valueFile?: string;
  value?: string;
  allowEmpty?: boolean;
  trimNewline?: boolean;
}

/** Adds the ways a value comes in. */
export const addValueOptions = (command: Command): Command =>
  command
    .option('--value-file <file>', 'read the value from this file; "-" is standard input')
    .addOption(
      command
        .createOption('--value <text>', 'the value itself: other users can read it in the process list')
        .conflicts('valueFile'),
    )
    .option('--trim-newline', 'drop one newline at its end, as echo writes it')
    .option('--allow-empty', 'take an empty value');

export interface Question {
  /** What a person at a terminal is asked. */
  question: string;
  /** Ask twice, since nobody sees what is typed. */
  confirm?: boolean;
  /** Why nothing is no value of it, where that is so. */
  neverEmpty?: string;
}

/**
 * The value, exactly as it is: from the file, else from standard input when that is piped, else from a hidden prompt.
 * Throws code `usage` where it is empty.
 */
export async function readValue(context: Context, options: ValueOptions, asked: Question): Promise<Uint8Array> {
  const bytes = await read(context, options, asked);
  const value = options.trimNewline ? withoutNewline(bytes) : bytes;
  if (value.length > 0 || (options.allowEmpty && !asked.neverEmpty)) return value;
  throw new UserError('usage', 'the value is empty', {
    hints: [
      'pipe it in, or name its file with --value-file',
      asked.neverEmpty ?? 'to store an empty value: --allow-empty',
    ],
  });
}

async function read({ terminal }: Context, { valueFile, value }: ValueOptions, asked: Question): Promise<Uint8Array> {
  if (value !== undefined) return Buffer.from(value);
  if (valueFile !== undefined && valueFile !== '-') return readFile(valueFile);
  if (valueFile === '-' || !terminal.inIsTTY) return terminal.readAll();
  const typed = await terminal.promptHidden(asked.question);
  if (asked.confirm && typed !== (await terminal.promptHidden('Once more'))) {
    throw new UserError('usage', 'the two are not the same');
  }
  return Buffer.from(typed);
}

/** The bytes of a file that somebody named. Throws `UserError` where it cannot be read. */
export async function readFile(file: string): Promise<Uint8Array> {
  try {
    return fs.readFileSync(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EISDIR') throw new UserError('usage', `"${file}" is a folder`, { cause });
    if (code === 'ENOENT') throw new UserError('not-found', `there is no file "${file}"`, { cause });
    throw new UserError('denied', `"${file}" cannot be read`, { cause });
  }
}

function withoutNewline(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) !== 0x0a) return bytes;
  return bytes.subarray(0, bytes.at(-2) === 0x0d ? -2 : -1);
}
