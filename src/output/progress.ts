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

interface Saying {
  now?: () => number;
  /** How a number of them is written. */
  say?: (number: number) => string;
}

/** Says how far long work is, on one line of a TTY. `what` is like "reading parameters". */
export function progressOf(
  terminal: Terminal,
  what: string,
  total?: number,
  { now = Date.now, say = counted }: Saying = {},
): Progress {
  const start = now();
  let [done, next] = [0, start + firstAfter];
  return {
    total,
    add(count) {
      done += count;
      const time = now();
      if (time < next) return;
      next = time + thenEvery;
      terminal.status(`${what}: ${lineOf(say, { done, total: this.total, rate: (done * 1000) / (time - start) })}`);
    },
    end: () => terminal.status(''),
  };
}

interface State {
  done: number;
  total: number | undefined;
  rate: number;
}

function lineOf(say: (number: number) => string, { done, total, rate }: State): string {
  const pace = `${say(rate)} a second`;
  if (total === undefined) return `${say(done)} so far, ${pace}`;
  return `${say(done)} of ${say(total)}, ${pace}, ${timeOf((total - done) / rate)} left`;
}

const counted = (number: number) => Math.round(number).toLocaleString('en');

/** `12.3 MiB`. */
export function asBytes(number: number): string {
  const power = Math.min(4, Math.floor(Math.log2(Math.max(1, number)) / 10));
  if (power === 0) return `${Math.round(number)} B`;
  return `${(number / 1024 ** power).toFixed(1)} ${['KiB', 'MiB', 'GiB', 'TiB'][power - 1]}`;
}

const timeOf = (seconds: number) => (seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`);
