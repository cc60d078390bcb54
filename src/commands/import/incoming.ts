import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { type FormatName, formatNames, formatOfFile, loadFormat } from '../../formats/formats.ts';
import { readValue } from '../../input/value.ts';
import type { Entry } from '../entries/entries.ts';
import { utf8 } from '../secret/secret-value.ts';

export interface Incoming {
  readonly entries: readonly Entry[];
  /** Whether a string in it is meant as one: a `.env` file knows no numbers. */
  readonly isTyped: boolean;
}

const typed: readonly FormatName[] = ['json', 'yaml'];

/** What a file holds, or standard input. Throws code `usage` where it is malformed, or there is nothing in it. */
export async function readIncoming(context: Context, source: string, asked?: FormatName): Promise<Incoming> {
  const file = source.replace(/^file:/, '');
  const name = asked ?? formatOfFile(file) ?? unknownFormat(file);
  const format = await loadFormat(name);
  const bytes = await readValue(context, { valueFile: file, allowEmpty: true }, { question: '' });
  const text = utf8(bytes);
  if (text === undefined) throw new UserError('usage', `"${file}" is not UTF-8 text`);
  const entries = text.trim() === '' ? [] : format.read(text);
  if (entries.length === 0) throw new UserError('usage', `there is nothing to import in "${file}"`);
  return { entries, isTyped: typed.includes(name) };
}

function unknownFormat(file: string): never {
  const message = file === '-' ? 'standard input has no ending' : `the ending of "${file}" is of no format`;
  throw new UserError('usage', `${message}, so its format is to be named`, {
    hints: [`--format ${formatNames.join(', ')}`],
  });
}
