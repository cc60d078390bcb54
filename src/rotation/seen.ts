import { setTimeout as wait } from 'node:timers/promises';
import { UserError } from '../errors.ts';

/** Milliseconds. The service shows a change everywhere within a second or so, and promises nothing. */
const patience = 30_000;
const firstWait = 50;
const longestWait = 1000;

/** Asks until there is an answer: what was written may not be seen at once. Throws code `unreachable`, late. */
export async function seen<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + patience;
  for (let pause = firstWait; ; pause = Math.min(2 * pause, longestWait)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw notSeen(what);
    await wait(pause);
  }
}

const notSeen = (what: string) =>
  new UserError('unreachable', `${what} is written, and the service does not show it yet`, {
    hints: ['run it again: it goes on where it was left'],
  });
