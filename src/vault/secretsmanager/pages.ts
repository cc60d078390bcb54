import { cursorOf, tokenOf } from '../cursor.ts';
import type { Call } from '../operation.ts';
import { type Filter, matches } from './filters.ts';
import { type SecretRow, type SortColumn, selectSecretsAfter } from './rows.ts';

/** What a list of secrets may be asked for. */
interface Listed {
  IncludePlannedDeletion?: boolean;
  Filters?: readonly Filter[];
  SortBy?: keyof typeof columns;
  SortOrder?: 'asc' | 'desc';
  NextToken?: string;
}

/** The next `size` secrets that match, and the token of the page behind them. */
export function listPage(call: Call, { Filters = [], ...input }: Listed, size: number) {
  const list = listOf(input);
  const page: SecretRow[] = [];
  for (const secret of secretsAfter(call, list, input.NextToken)) {
    if (!matches(secret, Filters)) continue;
    if (page.length === size) return { page, NextToken: tokenAt(list, page.at(-1)!) };
    page.push(secret);
  }
  return { page, NextToken: undefined };
}

const columns = {
  'created-date': 'created',
  'last-changed-date': 'changed',
  'last-accessed-date': 'accessed',
  name: 'name',
} as const;

/** One of the lists there are: its order, and whether secrets that wait for their deletion are in it. */
interface List {
  readonly column: SortColumn;
  readonly order: 'asc' | 'desc';
  readonly planned: boolean;
}

const listOf = (input: Listed): List => ({
  column: columns[input.SortBy ?? 'created-date'],
  order: input.SortOrder ?? 'asc',
  planned: input.IncludePlannedDeletion ?? false,
});

/** A full page and the row behind it. */
const batch = 101;
const never = Number.MAX_SAFE_INTEGER;

/** The rows behind a token, a batch at a time: each batch is a seek in an index, wherever it lies. */
function* secretsAfter(call: Call, list: List, token: string | undefined): Generator<SecretRow> {
  const select = selectSecretsAfter(list.column, list.order);
  const goneUntil = list.planned ? call.now.getTime() : never;
  let [, at, name] = cursorOf(token, startOf(list));
  for (;;) {
    const rows = select.all(call.database, call.account, call.region, goneUntil, at, name, batch);
    yield* rows;
    if (rows.length < batch) return;
    const last = rows.at(-1)!;
    [at, name] = [last[list.column], last.name];
  }
}

const kindOf = ({ column, order }: List) => `secrets ${column} ${order}`;

/** Before every row: names are ASCII, and "~" is its last printable character, which no name may hold. */
function startOf(list: List): [string, string | number, string] {
  const [time, name] = list.order === 'asc' ? [-1, ''] : [never, '~'];
  return [kindOf(list), list.column === 'name' ? name : time, name];
}

const tokenAt = (list: List, { name, ...row }: SecretRow) =>
  tokenOf([kindOf(list), list.column === 'name' ? name : row[list.column], name]);
