import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { FormatName } from '../../formats/formats.ts';
import type { Pair } from '../../formats/pair.ts';
import { readFile } from '../../input/value.ts';
import type { FileReference } from '../../reference/kinds.ts';
import { utf8 } from '../secret/secret-value.ts';

/**
 * The pairs of a file, or of standard input, in the format that is said, else the one that the file's ending says. Throws
 * code `usage` where that is none, or where the text is not of that format.
 */
export async function readPairs(
  { terminal }: Context,
  reference: FileReference | { kind: 'stdin' },
  said: FormatName | undefined,
): Promise<Pair[]> {
  const { formatNames, formatOfFile, loadFormat } = await import('../../formats/formats.ts');
  const what = reference.kind === 'stdin' ? 'standard input' : `"${reference.path}"`;
  const name = said ?? (reference.kind === 'file' ? formatOfFile(reference.path) : undefined);
  if (!name) {
    throw new UserError('usage', `the format of ${what} is not known`, {
      hints: [`say it with --from-format: ${formatNames.join(', ')}`],
    });
  }
  const format = await loadFormat(name);
  const text = utf8(reference.kind === 'stdin' ? await terminal.readAll() : await readFile(reference.path));
  if (text === undefined) throw new UserError('usage', `${what} is not text: expected UTF-8`);
  try {
    return format.read(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    if (cause instanceof RangeError) throw new UserError('usage', `${what} is nested too deeply`, { cause });
    if (cause instanceof UserError) throw new UserError(cause.code, `${what}: ${cause.message}`, { cause });
    throw cause;
  }
}
