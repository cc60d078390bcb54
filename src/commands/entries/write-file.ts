import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { Change, Writing } from './changes.ts';

/** Changes the pairs of a file, all of it or none. */
export async function writeFile(
  _context: Context,
  target: string,
  _changes: readonly Change[],
  _writing: Writing,
): Promise<void> {
  throw new UserError('usage', `"${target}" cannot be written to`);
}
