import { UserError } from '../../errors.ts';
import type { Tag } from '../tags.ts';
import type { Entries, Entry } from './entries.ts';

/** What becomes of one name. */
export interface Change {
  readonly name: string;
  /** What it is to hold; absent: it is removed. */
  readonly entry?: Entry;
}

export interface Writing {
  /**
   * What was there when the changes were made out; what is no longer so is not written over. Its shape says what the
   * changes are of: of a `value` as a whole, else of its names.
   */
  readonly before: Entries;
  /** The key that encrypts what is new. */
  readonly kmsKey?: string;
  /** Tags of the secrets and parameters that are new. */
  readonly tags?: Tag[];
}

export const bytesOf = (value: string | Uint8Array): Uint8Array =>
  typeof value === 'string' ? Buffer.from(value) : value;

/** Whether two say the same, in value and in JSON type. */
export const isSame = (one: Entry | undefined, other: Entry | undefined): boolean =>
  one === other ||
  (one !== undefined &&
    other !== undefined &&
    (one.json === undefined) === (other.json === undefined) &&
    Buffer.compare(bytesOf(one.value), bytesOf(other.value)) === 0);

interface Check {
  /** How a person calls it. */
  readonly said: string;
  readonly before: Entry | undefined;
  readonly now: Entry | undefined;
  readonly change: Change;
}

/** Whether there is anything left to do. Throws code `conflict` where somebody else has changed it since it was read. */
export function isStillToDo({ said, before, now, change }: Check): boolean {
  if (isSame(now, change.entry)) return false;
  if (isSame(now, before)) return true;
  throw new UserError('conflict', `${said} has been changed by someone else meanwhile`, {
    hints: ['it was left as it is; run it again to see what is different now'],
  });
}

/** What was read of each name. */
export const byName = ({ entries }: Entries): ReadonlyMap<string, Entry> =>
  new Map(entries.map((entry) => [entry.name, entry]));
