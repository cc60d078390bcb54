import { UserError } from '../errors.ts';
import type { Pair } from './pair.ts';

/** Why a pair cannot be written: `"DB_PASSWORD" holds a NUL byte, which a shell cannot take`. Names it, never its value. */
export const cannotTake = (name: string, trouble: string, taker: string, hints = [more]): UserError =>
  new UserError('usage', `"${name}" ${trouble}, which ${taker} cannot take`, { hints });

const more = 'a format that takes more: --format json, or --format yaml';
/** What is said of bytes that are no text. */
export const isBinary = (name: string, taker: string): UserError =>
  cannotTake(name, 'is binary', taker, ['a format that takes bytes: --format yaml']);

/** The text of a value, where it is text that UTF-8 can spell. */
export function textOf({ name, value }: Pair, taker: string): string {
  if (typeof value !== 'string') throw isBinary(name, taker);
  if (/\p{Surrogate}/u.test(value)) throw cannotTake(name, 'holds half a surrogate pair', taker);
  return value;
}

/** The same for what ends at a NUL. */
export function textWithoutNul(pair: Pair, taker: string): string {
  const text = textOf(pair, taker);
  if (text.includes('\0')) throw cannotTake(pair.name, 'holds a NUL byte', taker);
  return text;
}

/** Throws where two pairs go by one name: readers would see the last of them alone. */
export function requireOneEach(pairs: readonly Pair[]): void {
  const names = new Set<string>();
  for (const { name } of pairs) {
    if (names.has(name)) throw new UserError('usage', `"${name}" is there twice`);
    names.add(name);
  }
}

/** The last pair of each name, as all readers have it. */
export const lastOfEach = (pairs: readonly Pair[]): Pair[] => [
  ...new Map(pairs.map((pair) => [pair.name, pair])).values(),
];
