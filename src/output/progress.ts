import type { Terminal } from '../context.ts';

/** Milliseconds that work takes before it is worth a word, and between two of them. */
const firstAfter = 1000;
const thenEvery = 250;

export interface Progress {
  /** How many there are, once that is known. */
  total?: number;
  /** So many more are done. */
  add(count: number): void;
  /** Takes the line away. */
  end(): void;
}

/** Says how far long work is, on one line of a TTY. `what` is like "reading parameters". */
export function progressOf(terminal: Terminal, what: string, total?: number, now = Date.now): Progress {
  const start = now();
  let [done, next] = [0, start + firstAfter];
  return {
    total,
    add(count) {
      done += count;
      const time = now();
      if (time < next) return;
      next = time + thenEvery;
      terminal.status(`${what}: ${lineOf(done, this.total, (done * 1000) / (time - start))}`);
    },
    end: () => terminal.status(''),
  };
}

function lineOf(done: number, total: number | undefined, rate: number): string {
  const pace = `${counted(rate)} a second`;
  if (total === undefined) return `${counted(done)} so far, ${pace}`;
  return `${counted(done)} of ${counted(total)}, ${pace}, ${timeOf((total - done) / rate)} left`;
}

const counted = (number: number) => Math.round(number).toLocaleString('en');

const timeOf = (seconds: number) => (seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`);
