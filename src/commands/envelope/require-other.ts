import fs from 'node:fs';
import { UserError } from '../../errors.ts';
import type { Source } from '../../input/chunks.ts';

/** Throws code `usage` where what is written is what is read, whatever their names: a link, another path. */
export function requireOther({ said, stats }: Source, out: string | undefined): void {
  if (out === undefined || !stats) return;
  const there = fs.statSync(out, { throwIfNoEntry: false });
  if (!there || there.ino !== stats.ino || there.dev !== stats.dev) return;
  throw new UserError('usage', `the output is the input: ${said}`, { hints: ['name another file: --out FILE'] });
}
