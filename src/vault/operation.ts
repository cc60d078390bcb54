import type { Caller } from './caller.ts';
import type { Keys } from './keys.ts';
import { type Input, type Shape, structure } from './shape.ts';
import type { Database } from './store/database.ts';
import type { Sealer } from './store/sealing.ts';

/** One request, as an operation sees it: who asks, where, when, and the vault. */
export interface Call extends Caller {
  readonly region: string;
  /** One moment for the whole request. */
  readonly now: Date;
  readonly database: Database;
  /** Seals under the vault's own master key. For kms, and for what opens nothing of a service's: everyone else seals through `keys`. */
  readonly sealer: Sealer;
  /** Seals values under the data keys of a KMS key. */
  readonly keys: Keys;
  /** The same call in another Region of this vault: replicas live there. */
  inRegion(region: string): Call;
  /** Runs after the answer is settled, in a write of its own; a vault that cannot be written to skips it. */
  afterwards(write: () => void): void;
}

export interface Operation {
  readonly input: Shape<unknown>;
  writes(input: unknown): boolean;
  /** What takes long and needs nothing of the vault: done before `run` has its turn, so that nobody waits for it. */
  prepare?(input: unknown): Promise<unknown>;
  run(call: Call, input: unknown, prepared?: unknown): object;
}

type Members = Parameters<typeof structure>[0];
type Run<M extends Members> = (call: Call, input: Input<M>) => object;

/** An operation that only reads: its rules, then its story. */
export const reading = <M extends Members>(members: M, run: Run<M>): Operation => define(members, run, () => false);

/** An operation that writes: the whole of it is one transaction, and an error leaves nothing behind. */
export const writing = <M extends Members>(members: M, run: Run<M>): Operation => define(members, run, () => true);

/** An operation that writes for some inputs only; for the others a vault that cannot be written to is good enough. */
export const writingWhen = <M extends Members>(
  writes: (input: Input<M>) => boolean,
  members: M,
  run: Run<M>,
): Operation => define(members, run, writes);

/** Like `reading` or `writing`, with something to be made first, like a key. It throws what is wrong before it begins. */
export const prepared = <M extends Members, P>(
  kind: 'reading' | 'writing',
  members: M,
  prepare: (input: Input<M>) => Promise<P>,
  run: (call: Call, input: Input<M>, made: P) => object,
): Operation => ({
  input: structure(members),
  writes: () => kind === 'writing',
  prepare: (input) => prepare(input as Input<M>),
  run: (call, input, made) => run(call, input as Input<M>, made as P),
});

function define<M extends Members>(members: M, run: Run<M>, writes: (input: Input<M>) => boolean): Operation {
  return {
    input: structure(members),
    writes: (input) => writes(input as Input<M>),
    run: (call, input) => run(call, input as Input<M>),
  };
}
