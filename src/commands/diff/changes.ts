import { jsonPair } from '../../formats/json.ts';
import { jsonAt, pathOf, removeKey, setKey } from '../../reference/json-pointer.ts';
import type { Change } from '../entries/changes.ts';
import type { Entries, Entry } from '../entries/entries.ts';
import { type Difference, isTyped, type Leaf, type Place } from './difference.ts';
import { jsonOf } from './value-differences.ts';

interface Making {
  /** The side that is changed. */
  readonly b: Entries;
  /** Whether what only that side has is removed. */
  readonly prune?: boolean;
  readonly wants: (name: string) => boolean;
}

/** What makes the second side like the first: a change for each entry, with all else in it left to the letter. */
export function changesFor(places: readonly Place[], { b, prune = false, wants }: Making): Change[] {
  return places.flatMap((place) => {
    const taken = place.differences.filter(({ name, a }) => wants(name) && (a !== undefined || prune));
    if (taken.length === 0) return [];
    if (place.whole && taken.length === place.differences.length) return [wholeChange(place, b)];
    return [partChange(place, taken, b)];
  });
}

function wholeChange({ name, a, b }: Place, side: Entries): Change {
  if (!a) return { name };
  if (!isTyped(side)) return { name, entry: { name, value: a.value, type: a.type ?? b?.type } };
  return { name, entry: jsonPair(name, jsonLike(name, a, b)) };
}

/** An entry of which only some is changed: its JSON text, with that set and removed. */
function partChange({ name, a, b, differences }: Place, taken: Difference[], side: Entries): Change {
  const known = new Set(taken);
  const left = differences.filter((one) => !known.has(one));
  const edited = b
    ? taken.reduce((json, one) => (one.a ? setDeep(json, one) : removeDeep(json, one.path, a)), textOf(b, side))
    : left.reduce((json, { path }) => removeDeep(json, path), textOf(a!, side));
  if (!a && isEmpty(edited)) return { name };
  return { name, entry: isTyped(side) ? jsonPair(name, edited) : { name, value: edited, type: b?.type } };
}

const textOf = (entry: Entry, side: Entries): string =>
  isTyped(side) ? jsonOf(entry.name, entry) : (entry.value as string);

/** What has no JSON type of its own takes that of what is there, if it can. */
function jsonLike(name: string, a: Leaf, b: Leaf | undefined): string {
  if (!a.isText || b?.json === undefined) return jsonOf(name, a);
  const text = String(a.value).trim();
  return kindOf(text) === kindOf(b.json) ? text : jsonOf(name, a);
}

function kindOf(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (value === null) return 'null';
    return Array.isArray(value) ? 'list' : typeof value;
  } catch {
    return undefined;
  }
}

/** Sets one key, with the objects that lead to it. */
function setDeep(json: string, { name, path, a, b }: Difference): string {
  const known = path.findIndex((_, index) => jsonAt(json, pathOf(path.slice(0, index + 1))) === undefined);
  const depth = known < 0 ? path.length : known + 1;
  const innermost = jsonLike(name, a!, b);
  const value = path.slice(depth).reduceRight((inner, step) => `{${JSON.stringify(step)}:${inner}}`, innermost);
  return setKey(json, pathOf(path.slice(0, depth)), value);
}

/** Removes one key, and the objects around it that have no other and that the first side has not. */
function removeDeep(json: string, path: readonly string[], a?: Entry): string {
  const rest = removeKey(json, pathOf(path));
  const around = path.slice(0, -1);
  const isLeft = around.length > 0 && isEmpty(jsonAt(rest, pathOf(around))!);
  const isOurs = a !== undefined && jsonAt(a.value as string, pathOf(around)) !== undefined;
  return isLeft && !isOurs ? removeDeep(rest, around, a) : rest;
}

const isEmpty = (json: string) => /^\{\s*\}$/.test(json);
