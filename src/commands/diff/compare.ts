import { UserError } from '../../errors.ts';
import type { Entries } from '../entries/entries.ts';
import { type Comparing, isEnvironment } from './comparing.ts';
import { type Difference, isTyped, type Place } from './difference.ts';
import { placesByNames } from './match.ts';
import { keyDifferences, textDifferences } from './value-differences.ts';

/**
 * Where two sides differ, entry by entry, as far as both could be read. Sides that write names in different ways (keys
 * within keys, paths, variables) are matched by what the names come to. Of an environment, which always has more, only
 * what the other side names is compared. Throws code `usage` for sides that have nothing to compare.
 */
export function compare(a: Entries, b: Entries, { asVariables, wants }: Comparing): Place[] {
  requireComparable(a, b);
  const places =
    isEnvironment(a) || isEnvironment(b) || asVariables || isTyped(a) !== isTyped(b)
      ? placesByNames(a, b, { wants, asVariables: asVariables || againstEnvironment(a, b) || againstEnvironment(b, a) })
      : placesOf(a, b);
  return places.filter(({ differences }) => differences.some(({ name }) => wants(name)));
}

/** What is shown of them, by name. */
export const differencesIn = (places: readonly Place[], { wants }: Comparing): Difference[] =>
  places
    .flatMap(({ differences }) => differences.filter(({ name }) => wants(name)))
    .sort((one, other) => (one.name < other.name ? -1 : 1));

/** Names that are no variables yet: a .env file has them as they are. */
const againstEnvironment = (one: Entries, other: Entries) =>
  isEnvironment(one) && (other.shape !== 'pairs' || isTyped(other));

const words: Record<Entries['shape'], string> = {
  keys: 'the keys of a JSON value',
  tree: 'all below a path',
  pairs: 'names and values',
  value: 'one value',
};

function requireComparable(a: Entries, b: Entries): void {
  if ((a.shape === 'value') === (b.shape === 'value')) return;
  const many = a.shape === 'value' ? b : a;
  throw new UserError('usage', `"${a.source}" is ${words[a.shape]}, and "${b.source}" is ${words[b.shape]}`, {
    hints: [many.shape === 'keys' ? `compare one key of it: '${many.source}#KEY'` : 'compare two of a kind'],
  });
}

function placesOf(a: Entries, b: Entries): Place[] {
  const [ours, theirs] = [byName(a), byName(b)];
  const unread = new Set([...a.failed, ...b.failed].map(({ name }) => name));
  const names = new Set([...ours.keys(), ...theirs.keys()]);
  const differ = isTyped(a) ? keyDifferences : textDifferences;
  return [...names].flatMap((name) => {
    if (unread.has(name)) return [];
    const pair = { a: ours.get(name), b: theirs.get(name) };
    return [{ name, ...pair, whole: true, differences: differ(name, pair) }];
  });
}

const byName = ({ entries }: Entries) => new Map(entries.map((entry) => [entry.name, entry]));
