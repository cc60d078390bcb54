import type { Caller } from './caller.ts';
import { keysOf } from './kms/data-keys.ts';
import type { Call } from './operation.ts';
import type { Database } from './store/database.ts';
import type { Sealer } from './store/sealing.ts';

interface Frame extends Caller {
  readonly region: string;
  readonly now: Date;
  readonly database: Database;
  readonly sealer: Sealer;
  /** What is to be written once the answer is settled. */
  readonly later: (() => void)[];
}

export function callOf({ later, ...frame }: Frame): Call {
  const call: Call = {
    ...frame,
    get keys() {
      return keysOf(call);
    },
    inRegion: (region) => callOf({ ...frame, later, region }),
    afterwards: (write) => later.push(write),
  };
  return call;
}
