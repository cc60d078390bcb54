import { UserError } from '../../errors.ts';
import { pathOf } from '../../reference/json-pointer.ts';
import type { Difference, Leaf } from './difference.ts';
import { jsonParts } from './json-parts.ts';

interface Leaves {
  readonly a?: Leaf;
  readonly b?: Leaf;
}

/** Of two keys of JSON values: types count, and keys within keys are told apart. */
export const keyDifferences = (name: string, { a, b }: Leaves): Difference[] =>
  jsonParts(a && jsonOf(name, a), b && jsonOf(name, b)).map((part) => ({
    ...part,
    name: pathOf([name, ...part.path]),
  }));

/** Of two values that are text; but two JSON objects or lists are told apart by their keys, as they are elsewhere. */
export function textDifferences(name: string, { a, b }: Leaves): Difference[] {
  if (!a || !b) return [{ name, path: [], a, b }];
  if (Buffer.compare(Buffer.from(a.value), Buffer.from(b.value)) === 0) return [];
  if (!isDivided(a) || !isDivided(b)) return [{ name, path: [], a, b }];
  const parts = jsonParts(a.value as string, b.value as string);
  return parts.map((part) => ({ ...part, name: `${name}#${pathOf(part.path)}` }));
}

function isDivided({ value }: Leaf): boolean {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return false;
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** The JSON text of a value. Throws code `usage` for binary. */
export function jsonOf(name: string, { value, json }: Leaf): string {
  if (json !== undefined) return json;
  if (typeof value === 'string') return JSON.stringify(value);
  throw new UserError('usage', `"${name}" is binary, which JSON cannot hold`);
}
