import type { Pair } from '../../formats/pair.ts';

/** One named value of a side. */
export interface Entry extends Pair {
  /** Of a parameter: String, StringList or SecureString. */
  readonly type?: string;
}

/** All that a reference names, as names and values. */
export interface Entries {
  /** As typed. */
  readonly source: string;
  /**
   * What it is: the keys of a JSON value, the things below a path (parameters or secrets), the pairs of a file or of the
   * environment, or one value by itself, whose name is empty.
   */
  readonly shape: 'keys' | 'tree' | 'pairs' | 'value';
  /** In no order that means anything. */
  readonly entries: Entry[];
  /** What could not be read, each by its whole name, and why: a denied item takes no other with it. */
  readonly failed: { readonly name: string; readonly error: Error }[];
}
