import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { format } from '../../formats/json.ts';
import { readValue } from '../../input/value.ts';
import type { Entry } from '../entries/entries.ts';
import { utf8 } from '../secret/secret-value.ts';

/** What a file holds, each name once. Throws code `usage` where there is nothing in it. */
export async function readFile(context: Context, file: string): Promise<Entry[]> {
  const bytes = await readValue(context, { valueFile: file, allowEmpty: true }, { question: '' });
  const entries = format.read(utf8(bytes) ?? '');
  if (entries.length === 0) throw new UserError('usage', `there is nothing to import in "${file}"`);
  return entries;
}
