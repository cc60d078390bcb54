import type { Caller } from './caller.ts';
import type { Keys } from './keys.ts';
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

export const callOf = (frame: Frame): Call => new FramedCall(frame);

/** On the path of every request: a literal with a spread and a getter takes Node 20 as long as SQLite takes to find a key. */
class FramedCall implements Call {
  readonly #frame: Frame;
  readonly account: string;
  readonly principal: string;
  readonly userId: string;
  readonly accessKeyId?: string;
  readonly isSession?: boolean;
  readonly region: string;
  readonly now: Date;
  readonly database: Database;
  readonly sealer: Sealer;
  readonly afterwards: (write: () => void) => void;

  constructor(frame: Frame) {
    this.#frame = frame;
    this.account = frame.account;
    this.principal = frame.principal;
    this.userId = frame.userId;
    this.accessKeyId = frame.accessKeyId;
    this.isSession = frame.isSession;
    this.region = frame.region;
    this.now = frame.now;
    this.database = frame.database;
    this.sealer = frame.sealer;
    this.afterwards = (write) => void frame.later.push(write);
  }

  get keys(): Keys {
    return keysOf(this);
  }

  inRegion(region: string): Call {
    return new FramedCall({ ...this.#frame, region });
  }
}
