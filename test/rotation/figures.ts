import fs from 'node:fs';

/*
 * How hard the tests of this room try: a part of it in the regular suite, all of it for the figures
 * (`npm run bench:rotation`, which sets both variables).
 */
const { LATCHKEY_ROTATION_FULL: full, LATCHKEY_ROTATION_FIGURES: file } = process.env;

export const inFull = full === '1';

/** Leaves a row for who prints the figures. */
export function note(table: string, row: Record<string, string | number>): void {
  if (file) fs.appendFileSync(file, `${JSON.stringify({ table, row })}\n`);
}
