import { UserError } from '../../errors.ts';
import { jsonPair, jsonPairs } from '../../formats/json.ts';
import { spansOf } from '../../formats/json-spans.ts';
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
  const isOne = before.shape === 'value';
  const there = isOne ? undefined : membersOf(json, under);
  const rest = changes.filter((change) => {
    const key = keyIn(under, isOne ? undefined : change.name);
    const text = there ? there.get(change.name) : jsonAt(json, key);
    const now = text === undefined ? undefined : jsonPair(change.name, text);
    return isStillToDo({ said: `"${key}" of ${said}`, before: known.get(change.name), now, change });
  });
  const isInPlace = ({ name, entry }: Change) =>
    under === undefined && entry !== undefined && there?.has(name) === true;
  return rest
    .filter((change) => !isInPlace(change))
    .reduce(
      (text, { name, entry }) => {
        const key = keyIn(under, isOne ? undefined : name);
        return entry ? setKey(text, key, jsonOf(entry)) : removeKey(text, key);
      },
      replaceInPlace(json, rest.filter(isInPlace)),
    );
}

/** All of them at once, from the last to the first, so that no place moves before its turn. */
function replaceInPlace(json: string, changes: readonly Change[]): string {
  if (changes.length === 0) return json;
  const { members } = spansOf(json);
  const places = changes.map(({ name, entry }) => ({ ...members!.get(name)!, value: jsonOf(entry!) }));
  return places
    .sort((one, other) => other.start - one.start)
    .reduce((text, { start, end, value }) => text.slice(0, start) + value + text.slice(end), json);
}

/** What stands under each name. One look at the text for all of them: there may be thousands. */
function membersOf(json: string, under: string | undefined): ReadonlyMap<string, string> {
  const object = under === undefined ? json : (jsonAt(json, under) ?? '{}');
  const pairs = jsonPairs(object);
  if (pairs) return new Map(pairs.map(({ name, value, json: text }) => [name, text ?? JSON.stringify(value)]));
  throw new UserError('usage', 'the value is not a JSON object', { hints: ['nothing was changed'] });
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
