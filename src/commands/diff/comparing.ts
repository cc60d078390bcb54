import type { Entries } from '../entries/entries.ts';

/** What a person asked for of a comparison. */
export interface Comparing {
  /** Compare names by the variables that they come to. */
  readonly asVariables?: boolean;
  /** Whether a name, as it is shown, is to be compared at all. */
  readonly wants: (name: string) => boolean;
}

export const isEnvironment = ({ source }: Entries): boolean => source === 'env:';
