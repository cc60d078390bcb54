import { VaultError } from '../errors.ts';
import { type Database, statement } from '../store/database.ts';
import type { Sealer } from '../store/sealing.ts';
import { type Kind, kinds, type Part, type Row } from './kinds.ts';

/** A thing that a vault holds, whole. What the master key seals in a vault is open here. */
export interface Item {
  readonly kind: string;
  readonly row: Row;
  /** By table. */
  readonly parts: Readonly<Record<string, Row[]>>;
}

/** Where items are: the master key's sealer opens what it has sealed. */
export interface Store {
  readonly database: Database;
  readonly sealer: Sealer;
}

/** Everything in a vault, in the order of `kinds`. */
export function* allItems(store: Store): Generator<Item> {
  for (const [name, { table, key }] of Object.entries(kinds)) {
    const rows = statement<Row>(`SELECT * FROM ${table} ORDER BY ${key.join(', ')}`).all(store.database);
    for (const row of rows) yield itemOf(store, name, row);
  }
}

/** What a vault has under the name of this item. */
export function find(store: Store, { kind, row }: Item): Item | undefined {
  const { table, key } = kindOf(kind);
  const found = statement<Row>(`SELECT * FROM ${table} WHERE ${equal(key)}`).get(store.database, ...values(row, key));
  return found && itemOf(store, kind, found);
}

function itemOf({ database, sealer }: Store, kind: string, row: Row): Item {
  const { parts, sealed } = kindOf(kind);
  const open = (one: Row, of: Part['sealed']): Row =>
    isSealed(one, of)
      ? { ...one, [of.column]: Uint8Array.from(sealer.open(of.binding(one), one[of.column] as Uint8Array)) }
      : { ...one };
  const rowsOf = ({ table, by, order, omit, sealed }: Part): Row[] =>
    statement<Row>(`SELECT * FROM ${table} WHERE ${equal(Object.keys(by))} ORDER BY ${order}`)
      .all(database, ...values(row, Object.values(by)))
      .map((one) => without(open(one, sealed), omit ? [omit] : []));
  return {
    kind,
    row: open(row, sealed),
    parts: Object.fromEntries(parts.map((part) => [part.table, rowsOf(part)])),
  };
}

/** An empty value stands for one that is not there. */
const isSealed = (row: Row, of: Part['sealed']): of is NonNullable<Part['sealed']> =>
  of !== undefined && (row[of.column] as Uint8Array).length > 0;

/** Puts an item into a vault, in the place of what has its name. */
export function write({ database, sealer }: Store, item: Item, before?: Item): void {
  const { table, key, parts, sealed } = kindOf(item.kind);
  const seal = (one: Row, of: Part['sealed']): Row =>
    isSealed(one, of) ? { ...one, [of.column]: sealer.seal(of.binding(one), one[of.column] as Uint8Array) } : one;
  for (const part of before ? parts.filter(({ stays }) => !stays) : []) {
    const { by } = part;
    statement(`DELETE FROM ${part.table} WHERE ${equal(Object.keys(by))}`).run(
      database,
      ...values(before!.row, Object.values(by)),
    );
  }
  insert(database, table, seal(item.row, sealed), { key });
  for (const part of parts) {
    for (const one of item.parts[part.table] ?? []) insert(database, part.table, seal(one, part.sealed), part);
  }
}

/** With a key, a row of that key is changed; a part that is there stays, unless its value is not. */
function insert(database: Database, table: string, row: Row, { key, stays, sealed }: Partial<Kind & Part>): void {
  const columns = Object.keys(row);
  if (!columns.every((name) => /^[a-z_]+$/.test(name))) throw new VaultError('damaged', 'the export is damaged');
  const change = `DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`;
  const fill = stays && sealed ? `${change} WHERE length(${table}.${sealed.column}) = 0` : 'DO NOTHING';
  const conflict = key ? `ON CONFLICT (${key.join(', ')}) ${change}` : `ON CONFLICT ${fill}`;
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ${conflict}`;
  statement(sql).run(database, ...values(row, columns));
}

/** Whether they differ in nothing but their use. */
export function isSame(one: Item, other: Item): boolean {
  const { use = [] } = kindOf(one.kind);
  const [ours, theirs] = [one, other].map(({ row, parts }) => {
    const rest = Object.entries(parts).map(([table, rows]) => [table, rows.map((part) => without(part, use))]);
    return printRow({ row: without(row, use), parts: rest });
  });
  return ours === theirs;
}

/** What a person calls it: `secret "prod/db" in eu-west-1`. */
export function nameOf({ kind, row }: Item): string {
  const name = `${kind} "${row[kindOf(kind).key.at(-1)!]}"`;
  return row.region === undefined ? name : `${name} in ${row.region}`;
}

/** Whether each vault makes it for itself. */
export const isOwn = ({ kind, row }: Item): boolean => kindOf(kind).isOwn?.(row) ?? false;

function kindOf(name: string): Kind {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (!kind) throw new VaultError('newer', `the export holds a "${name}", which this latchkey does not know`);
  return kind;
}

/** As JSON, bytes as `{"base64": "..."}`. */
export const printRow = (value: unknown): string =>
  JSON.stringify(value, (_, one) =>
    one instanceof Uint8Array
      ? { base64: Buffer.from(one.buffer, one.byteOffset, one.length).toString('base64') }
      : one,
  );

export const readRow = (text: string): unknown =>
  JSON.parse(text, (_, one) =>
    typeof one?.base64 === 'string' ? new Uint8Array(Buffer.from(one.base64, 'base64')) : one,
  );

const equal = (columns: readonly string[]) => columns.map((name) => `${name} = ?`).join(' AND ');
const values = (row: Row, columns: readonly string[]) => columns.map((name) => row[name] ?? null);
const without = (row: Row, columns: readonly string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !columns.includes(name)));
