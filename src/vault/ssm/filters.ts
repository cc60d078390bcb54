import { ApiError } from '../errors.ts';
import type { ParameterRow } from './rows.ts';
import { tagsOf } from './tags.ts';

export interface Filter {
  Key: string;
  Option?: string;
  Values?: string[];
}

/*
 * What each key may be compared by; the first is meant where none is named.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html
 */
const options: Record<string, readonly string[]> = {
  Name: ['Equals', 'BeginsWith', 'Contains'],
  Path: ['OneLevel', 'Recursive'],
  Label: ['Equals'],
};
const otherwise = ['Equals', 'BeginsWith'];

/** What DescribeParameters filters by, besides tags. */
export const describedBy = ['Name', 'Type', 'KeyId', 'Path', 'Tier', 'DataType'];

/** Throws for keys that this operation does not filter by, keys that come twice, options that a key does not have. */
export function checkFilters(filters: readonly Filter[], valid: readonly string[]): void {
  const keys = filters.map(({ Key }) => Key);
  for (const [index, { Key, Option, Values }] of filters.entries()) {
    const isTag = Key.startsWith('tag:') && valid.includes('Name');
    if (!isTag && !valid.includes(Key)) {
      throw new ApiError(
        'InvalidFilterKey',
        `The following filter key is not valid: ${Key}. Valid filter keys include: [${valid.join(', ')}].`,
      );
    }
    if (keys.indexOf(Key) < index) {
      throw new ApiError(
        'ValidationException',
        `The following filter is duplicated in the request: ${Key}. A request can contain only one occurrence of a specific filter.`,
      );
    }
    const known = options[Key] ?? otherwise;
    if (Option !== undefined && !known.includes(Option)) {
      throw new ApiError(
        'InvalidFilterOption',
        `The following filter option is not valid: ${Option}. Valid options include: [${known.join(', ')}].`,
      );
    }
    if (!isTag && Values === undefined) {
      throw new ApiError('InvalidFilterValue', `The following filter values are missing : null for filter key ${Key}`);
    }
  }
}

/** Whether a parameter passes every filter: of one filter's values any will do. */
export const matches = (row: ParameterRow, filters: readonly Filter[]): boolean =>
  filters.every((filter) => passes(row, filter));

function passes(row: ParameterRow, { Key, Option, Values = [] }: Filter): boolean {
  if (Key === 'Path') return Values.some((path) => isBelow(row.name, path, Option === 'Recursive'));
  const own = fieldOf(row, Key);
  if (own === undefined) return false;
  return Values.length === 0 || Values.some((value) => compare(own, value, Option));
}

function fieldOf(row: ParameterRow, key: string): string | undefined {
  if (key.startsWith('tag:')) return tagsOf(row).find((tag) => tag.Key === key.slice(4))?.Value;
  const values: Record<string, string | null> = {
    ...{ Name: row.name, Type: row.type, KeyId: row.key_id },
    ...{ Tier: row.tier, DataType: row.data_type },
  };
  return values[key] ?? undefined;
}

function compare(own: string, value: string, option = 'Equals'): boolean {
  if (option === 'BeginsWith') return own.startsWith(value) || own.startsWith(`/${value}`);
  return option === 'Contains' ? own.includes(value) : own === value;
}

/** The path's own parameter is not below it. Names without a slash are below the root. */
export function isBelow(name: string, path: string, recursive: boolean): boolean {
  const full = name.startsWith('/') ? name : `/${name}`;
  const prefix = path.endsWith('/') ? path : `${path}/`;
  if (!full.startsWith(prefix)) return false;
  return recursive || !full.slice(prefix.length).includes('/');
}
