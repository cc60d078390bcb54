import { byOperation } from '../../src/aws/by-operation.ts';
import { type Pace, retrying, traffic } from '../../src/aws/retry.ts';

/** A pace whose clock leaps from one end of a wait to the next: what takes minutes is over at once. */
function quickPace(): Pace {
  const waiting: { until: number; resolve(): void }[] = [];
  let time = 0;

  async function leap() {
    // All that can be done without waiting is done first: a call of the vault takes a turn of the event loop.
    for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    const next = waiting.sort((a, b) => a.until - b.until).shift()!;
    time = Math.max(time, next.until);
    next.resolve();
    if (waiting.length > 0) leap();
  }

  return {
    now: () => time,
    random: randomFrom(1),
    wait: (milliseconds) =>
      new Promise((resolve) => {
        if (waiting.push({ until: time + milliseconds, resolve }) === 1) leap();
      }),
  };
}

/** Numbers as good as random, from 0 to 1, the same for the same seed (the generator of Park and Miller). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const throttling = () => Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });

/** Refuses this part of the calls. */
export function partOfThem(part: number): (now: number) => boolean {
  const random = randomFrom(7);
  return () => random() < part;
}

/** Refuses all but one call in so many milliseconds. */
export function allButOneIn(milliseconds: number): (now: number) => boolean {
  let next = 0;
  return (now) => {
    if (now < next) return true;
    next = now + milliseconds;
    return false;
  };
}

/** A client as the commands have it over HTTP, retries and all, to a service that throttles. */
export function throttled<Client extends object>(client: Client, refuses: (now: number) => boolean) {
  const pace = quickPace();
  const shared = traffic(pace);
  let refused = 0;
  const call = (operation: string, input: object) => {
    const method = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}` as keyof Client;
    return (client[method] as (input: object) => Promise<unknown>)(input);
  };
  const throttledClient = byOperation<Client>('ssm', (operation, input) =>
    retrying(
      async () => {
        if (!refuses(pace.now())) return call(operation, input);
        refused += 1;
        throw throttling();
      },
      pace,
      shared,
    ),
  );
  return {
    client: throttledClient,
    get refused() {
      return refused;
    },
  };
}
