import type { Database } from './database.ts';

/** Runs `work` in a transaction that others may share; resolves once what it wrote is on the disk. */
export type Write = <T>(work: () => T) => Promise<T>;

interface Waiting {
  run(): unknown;
  settle(): void;
  fail(error: unknown): void;
}

/**
 * Writes that arrive together are committed together: making a commit durable is most of what a write costs, and costs
 * the same for one as for many. Each is all or nothing by itself: one that throws takes nothing of the others back.
 */
export function sharedWrites(database: Database): Write {
  let waiting: Waiting[] = [];

  function commit(): void {
    const batch = waiting;
    waiting = [];
    try {
      const outcomes = database.transaction('write', () => (batch.length === 1 ? alone(batch[0]!) : together(batch)));
      for (const outcome of outcomes) outcome();
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  }

  /** What each has to say once all is committed. */
  function together(batch: Waiting[]): (() => void)[] {
    return batch.map((one) => {
      database.exec('SAVEPOINT one');
      try {
        one.run();
        database.exec('RELEASE one');
        return one.settle;
      } catch (error) {
        takeBack(error);
        return () => one.fail(error);
      }
    });
  }

  /** Throws the error itself where it has ended the whole transaction, as a full disk does. */
  function takeBack(error: unknown): void {
    try {
      database.exec('ROLLBACK TO one; RELEASE one');
    } catch {
      throw error;
    }
  }

  return <T>(work: () => T) =>
    new Promise<T>((resolve, reject) => {
      let result: T;
      waiting.push({
        run: () => (result = work()),
        settle: () => resolve(result),
        fail: reject,
      });
      if (waiting.length === 1) setImmediate(commit);
    });
}

function alone(one: Waiting): (() => void)[] {
  one.run();
  return [one.settle];
}
