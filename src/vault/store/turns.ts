import type { Database } from './database.ts';

/** Runs `work` in a transaction that others may share; resolves when it has ended: what was written is on the disk. */
export type Run = <T>(work: () => T) => Promise<T>;

interface Waiting {
  run(): unknown;
  settle(): void;
  fail(error: unknown): void;
}

/**
 * What arrives in one turn of the event loop shares a transaction. Making a commit durable is most of what a write
 * costs, and costs the same for one as for many; to a reader, taking and giving back the file's lock is a third.
 */
export const turnsOf = (database: Database): { read: Run; write: Run } => ({
  read: inTurns((batch) => database.transaction('read', () => batch.map(attempt))),
  write: inTurns((batch) =>
    database.transaction('write', () =>
      batch.length === 1 ? [alone(batch[0]!)] : batch.map((one) => apart(database, one)),
    ),
  ),
});

/** Gathers what comes until this turn ends. `transact` returns what each has to say once the transaction has ended. */
function inTurns(transact: (batch: Waiting[]) => (() => void)[]): Run {
  let waiting: Waiting[] = [];

  function turn(): void {
    const batch = waiting;
    waiting = [];
    try {
      for (const say of transact(batch)) say();
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  }

  return <T>(work: () => T) =>
    new Promise<T>((resolve, reject) => {
      let result: T;
      const run = () => {
        result = work();
      };
      waiting.push({ run, settle: () => resolve(result), fail: reject });
      if (waiting.length === 1) setImmediate(turn);
    });
}

/** One that throws ends nothing but itself. */
function attempt(one: Waiting): () => void {
  try {
    return alone(one);
  } catch (error) {
    return () => one.fail(error);
  }
}

function alone(one: Waiting): () => void {
  one.run();
  return one.settle;
}

/** One of several writes: all or nothing by itself, it takes nothing of the others back. */
function apart(database: Database, one: Waiting): () => void {
  database.exec('SAVEPOINT one');
  try {
    one.run();
    database.exec('RELEASE one');
    return one.settle;
  } catch (error) {
    takeBack(database, error);
    return () => one.fail(error);
  }
}

/** Throws the error itself where it has ended the whole transaction, as a full disk does. */
function takeBack(database: Database, error: unknown): void {
  try {
    database.exec('ROLLBACK TO one; RELEASE one');
  } catch {
    throw error;
  }
}
