import { cursorOf, tokenOf } from '../cursor.ts';
import type { Call } from '../operation.ts';
import { type ParameterRow, selectParametersBetween } from './rows.ts';

interface Paging {
  readonly limit: number;
  readonly token?: string;
  /** Only names that begin so: the rest is never read. */
  readonly prefix?: string;
}

const batch = 50;
/** Behind every character that a name may hold. */
const last = '~';

/** A page of the parameters that `fits`, in the order of their names: a seek in the index, wherever it lies. */
export function pageOfParameters(
  call: Call,
  { limit, token, prefix = '' }: Paging,
  fits: (row: ParameterRow) => boolean,
) {
  const rows: ParameterRow[] = [];
  const [, start] = cursorOf(token, [`parameters ${prefix}`, prefix], 'InvalidNextToken');
  for (const row of parametersAfter(call, start, prefix)) {
    if (!fits(row)) continue;
    if (rows.length === limit) return { rows, NextToken: tokenOf([`parameters ${prefix}`, rows.at(-1)!.name]) };
    rows.push(row);
  }
  return { rows };
}

function* parametersAfter(
  { database, account, region, now }: Call,
  start: string,
  prefix: string,
): Generator<ParameterRow> {
  let at = start;
  for (;;) {
    const rows = selectParametersBetween.all(database, account, region, now.getTime(), at, `${prefix}${last}`, batch);
    yield* rows;
    if (rows.length < batch) return;
    at = rows.at(-1)!.name;
  }
}
