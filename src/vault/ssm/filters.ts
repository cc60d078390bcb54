import { ApiError } from '../errors.ts';
import type { ParameterRow } from './rows.ts';
import { tagsOf } from './tags.ts';

export interface Filter {
  Key: string;
  Option?: string;
  Values?: string[];
}

/** Throws InvalidFilterKey for a key that this operation does not filter by. */
export function checkFilterKeys(filters: Filter[], valid: string[]): void {
  const wrong = filters.find(({ Key }) => !valid.includes(Key));
  if (!wrong) return;
  throw new ApiError(
    'InvalidFilterKey',
    `The following filter key is not valid: ${wrong.Key}. Valid filter keys include: [${valid.join(', ')}].`,
  );
}

/** Whether a parameter passes every filter: of one filter's values any will do. */
export const matches = (row: ParameterRow, filters: Filter[]): boolean =>
  filters.every((filter) => passes(row, filter));

function passes(row: ParameterRow, { Key, Option, Values = [] }: Filter): boolean {
  if (Key === 'Path') return Values.some((path) => isBelow(row.name, path, Option === 'Recursive'));
  const own = fieldOf(row, Key);
  if (own === undefined) return false;
  if (Values.length === 0) return true;
  return Values.some((value) => compare(own, value, Option ?? 'Equals'));
}

function fieldOf(row: ParameterRow, key: string): string | undefined {
  if (key.startsWith('tag:')) return tagsOf(row).find((tag) => tag.Key === key.slice(4))?.Value;
  const values: Record<string, string | null> = {
    ...{ Name: row.name, Type: row.type, KeyId: row.key_id },
    ...{ Tier: row.tier, DataType: row.data_type },
  };
  return values[key] ?? undefined;
}

function compare(own: string, value: string, option: string): boolean {
  if (option === 'Equals') return own === value;
  if (option === 'BeginsWith') return own.startsWith(value) || own.startsWith(`/${value}`);
  if (option === 'Contains') return own.includes(value);
  throw new ApiError('InvalidFilterOption', `The following filter option is not valid: ${option}.`);
}

/** The path's own parameter is not below it. Names without a slash are below the root. */
export function isBelow(name: string, path: string, recursive: boolean): boolean {
  const full = name.startsWith('/') ? name : `/${name}`;
  const prefix = path.endsWith('/') ? path : `${path}/`;
  if (!full.startsWith(prefix)) return false;
  return recursive || !full.slice(prefix.length).includes('/');
}
