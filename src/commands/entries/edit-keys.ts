import { UserError } from '../../errors.ts';
import { jsonPair } from '../../formats/json.ts';
import { jsonAt, pathOf, removeKey, setKey } from '../../reference/json-pointer.ts';
import { byName, type Change, isStillToDo, type Writing } from './changes.ts';
import type { Entry } from './entries.ts';

interface Edited {
  /** How a person calls the secret or parameter. */
  readonly said: string;
  /** The key under which the changes are; absent: those of the whole value. */
  readonly under: string | undefined;
}

/** Whether the change is of the value as a whole, not of its keys. Throws code `usage` for keys of what has none. */
export function isWhole({ before }: Writing, changes: readonly Change[], said: string): boolean {
  if (before.shape !== 'value') return false;
  if (changes.every(({ name }) => name === '')) return true;
  throw new UserError('usage', `${said} is one value, not a JSON object, so it has no keys`, {
    hints: ['nothing was changed'],
  });
}

/** The JSON text after the changes; all else stays to the letter. Throws code `conflict`, as `isStillToDo` does. */
export function editKeys(
  json: string,
  changes: readonly Change[],
  { before }: Writing,
  { said, under }: Edited,
): string {
  const known = byName(before);
  return changes.reduce((text, change) => {
    const { name, entry } = change;
    const key = keyIn(under, before.shape === 'value' ? undefined : name);
    const there = jsonAt(text, key);
    const now = there === undefined ? undefined : jsonPair(name, there);
    if (!isStillToDo({ said: `"${key}" of ${said}`, before: known.get(name), now, change })) return text;
    return entry ? setKey(text, key, jsonOf(entry)) : removeKey(text, key);
  }, json);
}

const keyIn = (under: string | undefined, name: string | undefined): string =>
  [under, name === undefined ? undefined : pathOf([name])].filter((part) => part !== undefined).join('/');

/** One object of all that is new. */
export const newKeys = (changes: readonly Change[]): string =>
  `{${changes.flatMap(({ name, entry }) => (entry ? [`${JSON.stringify(name)}:${jsonOf(entry)}`] : [])).join(',')}}`;

function jsonOf({ name, value, json }: Entry): string {
  if (json !== undefined) return json;
  if (typeof value === 'string') return JSON.stringify(value);
  throw new UserError('usage', `"${name}" is binary, which JSON cannot hold`);
}
