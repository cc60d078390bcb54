import type { Pair } from '../../formats/pair.ts';
import type { Entries, Entry } from '../entries/entries.ts';

/** One thing in which two sides differ. */
export interface Difference {
  /** As it is shown. */
  readonly name: string;
  /** The names on the way to it within the JSON of its entry; none where it is the entry. */
  readonly path: readonly string[];
  /** What the first side has; absent where it has nothing. */
  readonly a?: Leaf;
  readonly b?: Leaf;
}

export interface Leaf extends Pick<Pair, 'value' | 'json'> {
  /** Of a side that knows no types, where `5432` may be a number or not. */
  readonly isText?: boolean;
}

/** One entry of the second side, or one that it might have, and what of the first belongs there. */
export interface Place {
  /** What the entry is called on the second side. */
  readonly name: string;
  readonly a?: Entry & Leaf;
  readonly b?: Entry;
  /** Whether `a` is all that belongs there: else some of it is another entry's, or is in both. */
  readonly whole: boolean;
  readonly differences: Difference[];
}

/** In the direction from the first to the second, as `diff` has it. */
export type Direction = 'added' | 'removed' | 'changed';

export function directionOf({ a, b }: Difference): Direction {
  if (a && b) return 'changed';
  return a ? 'removed' : 'added';
}

/** Whether `5432` and `"5432"` are two things there: in JSON and YAML they are, elsewhere all is text. */
export const isTyped = ({ shape }: Entries): boolean => shape === 'keys';
