import { UserError } from '../../errors.ts';
import type { Entries, Entry } from '../entries/entries.ts';
import { variableName } from '../variables/names.ts';
import { type Comparing, isEnvironment } from './comparing.ts';
import { isTyped, type Leaf, type Place } from './difference.ts';
import { jsonParts } from './json-parts.ts';
import { jsonOf, textDifferences } from './value-differences.ts';

/** A value, and the entry that it is or is a part of. */
interface Item {
  /** As it is written: a path for a key within a key. */
  readonly written: string;
  readonly entry: Entry;
  readonly path: readonly string[];
  readonly leaf: Leaf;
}

/**
 * Places of two sides that write names differently: `db/host` is that key within a key, that key, that parameter below a
 * path, and as a variable DB_HOST.
 */
export function placesByNames(a: Entries, b: Entries, comparing: Comparing): Place[] {
  const [ours, theirs] = [itemsOf(a, b, comparing), itemsOf(b, a, comparing)];
  const places = new Map<string, Place>();
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const [one, other] = [ours.get(name), theirs.get(name)];
    if ((isEnvironment(a) && !other) || (isEnvironment(b) && !one)) continue;
    const called = other?.entry.name ?? (b.shape === 'pairs' ? name : one!.written);
    if (!places.has(called)) places.set(called, placeOf(called, one, other));
    const found = textDifferences(name, { a: one?.leaf, b: other?.leaf });
    const within = other?.path ?? [];
    places.get(called)!.differences.push(...found.map((each) => ({ ...each, path: [...within, ...each.path] })));
  }
  return [...places.values()];
}

function placeOf(name: string, one: Item | undefined, other: Item | undefined): Place {
  const whole = !other || other.path.length === 0;
  const a = whole && one ? { ...one.entry, ...one.leaf, name } : undefined;
  return { name, a, b: other?.entry, whole, differences: [] };
}

/** By what their names come to. Throws code `usage` where that is the same for two. */
function itemsOf(side: Entries, other: Entries, { asVariables, wants }: Comparing): Map<string, Item> {
  const nameFor = nameOf(side, asVariables);
  const unread = new Set([...side.failed, ...other.failed].map(({ name }) => nameFor(name)));
  const there = new Set([...other.entries, ...other.failed].map(({ name }) => nameOf(other, asVariables)(name)));
  const isDivided = ({ name }: Entry) => isTyped(side) && !there.has(nameFor(name));
  const named = new Map<string, Item>();
  for (const item of side.entries.flatMap((entry) => (isDivided(entry) ? leavesOf(entry) : [wholeOf(entry, side)]))) {
    const name = nameFor(item.written);
    if (unread.has(name)) continue;
    const twin = named.get(name);
    if (twin && wants(name)) throw twins(side, [twin.written, item.written], name);
    named.set(name, item);
  }
  return named;
}

/** An environment's names are variables as they are. */
const nameOf =
  (side: Entries, asVariables: boolean | undefined) =>
  (written: string): string =>
    asVariables && !isEnvironment(side) ? variableName(written) : written;

const wholeOf = (entry: Entry, side: Entries): Item => ({
  ...{ written: entry.name, entry, path: [] },
  leaf: { ...leafOf(entry), isText: !isTyped(side) },
});

const leavesOf = (entry: Entry): Item[] =>
  jsonParts(jsonOf(entry.name, entry), undefined).map(({ path, a }) => ({
    ...{ written: [entry.name, ...path].join('/'), entry, path },
    leaf: leafOf(a!),
  }));

const leafOf = ({ value, json }: Leaf): Leaf => ({ value, json });

function twins({ source }: Entries, [one, other]: [string, string], name: string): UserError {
  return new UserError('usage', `"${one}" and "${other}" of "${source}" both come to "${name}"`, {
    hints: [`leave them out: --ignore ${name}`],
  });
}
