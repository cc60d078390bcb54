import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { type FormatName, formatNames, formatOfFile } from '../../formats/formats.ts';
import type { Entry } from '../entries/entries.ts';
import { readPairs } from '../entries/read-file.ts';

export interface Incoming {
  readonly entries: readonly Entry[];
  /** Whether a string in it is meant as one: a `.env` file knows no numbers. */
  readonly isTyped: boolean;
}

const typed: readonly FormatName[] = ['json', 'yaml'];

/** What a file holds, or standard input. Throws code `usage` where it is malformed, or there is nothing in it. */
export async function readIncoming(context: Context, source: string, asked?: FormatName): Promise<Incoming> {
  const path = source.replace(/^file:/, '');
  const name = asked ?? formatOfFile(path) ?? unknownFormat(path);
  const reference = source === '-' ? ({ kind: 'stdin' } as const) : ({ kind: 'file', path } as const);
  const entries = await readPairs(context, reference, name);
  if (entries.length === 0) throw new UserError('usage', `there is nothing to import in ${said(path)}`);
  return { entries, isTyped: typed.includes(name) };
}

const said = (file: string) => (file === '-' ? 'standard input' : `"${file}"`);

function unknownFormat(file: string): never {
  throw new UserError('usage', `the format of ${said(file)} is not known`, {
    hints: [`say it with --format: ${formatNames.join(', ')}`],
  });
}
