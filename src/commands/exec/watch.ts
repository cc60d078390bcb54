import { setTimeout as wait } from 'node:timers/promises';
import { because } from '../../aws/errors.ts';
import type { Terminal } from '../../context.ts';
import type { Start } from './prepare.ts';

interface Watched {
  terminal: Terminal;
  /** Reads the values anew. */
  prepare(): Promise<Start>;
  /** Another text means other values. */
  versions(): Promise<string>;
}

interface Times {
  /** Milliseconds between two looks. */
  interval: number;
  /** Milliseconds that the command has to end by itself. */
  grace: number;
}

/**
 * Runs a command until it ends by itself, and starts it again whenever its values have changed. It goes on with what it
 * has while new values cannot be read.
 */
export async function runWatching(watched: Watched, { interval, grace }: Times): Promise<number> {
  const asked = heedEnd();
  try {
    let seen = await watched.versions();
    let start = await watched.prepare();
    for (;;) {
      const [stop, ended] = [new AbortController(), new AbortController()];
      const child = start({ signal: stop.signal, grace }).finally(() => ended.abort());
      const next = await Promise.race([child, change(watched, { seen, interval, ended: ended.signal })]);
      if (typeof next !== 'object' || ended.signal.aborted) return await child;
      watched.terminal.say('latchkey: values have changed: starting the command again');
      stop.abort();
      const status = await child;
      // Somebody who ended us meanwhile ended a command that was on its way out.
      if (asked.toEnd) return status;
      ({ seen, start } = next);
    }
  } finally {
    asked.release();
  }
}

interface Look {
  seen: string;
  interval: number;
  /** When the command has ended. */
  ended: AbortSignal;
}

/** Resolves when values have changed and the new ones are read; with nothing once the command has ended. */
async function change({ terminal, prepare, versions }: Watched, { seen, interval, ended }: Look) {
  let said = '';
  for (;;) {
    await wait(interval, undefined, { signal: ended }).catch(() => {});
    if (ended.aborted) return;
    try {
      const now = await versions();
      if (now !== seen) return { seen: now, start: await prepare() };
      said = '';
    } catch (error) {
      const trouble = `latchkey: new values cannot be read, the command goes on${because(error)}`;
      if (!ended.aborted && trouble !== said) terminal.say(trouble);
      said = trouble;
    }
  }
}

const ends = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Hears the signals that are to end us, also while there is no command to pass them on to. */
function heedEnd() {
  const asked = { toEnd: false, release };
  const heed = () => {
    asked.toEnd = true;
  };
  for (const signal of ends) process.on(signal, heed);
  function release(): void {
    for (const signal of ends) process.off(signal, heed);
  }
  return asked;
}
