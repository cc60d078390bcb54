import { describe, expect, it } from 'vitest';
import { trafficTo } from '../../src/aws/traffic.ts';

const isThrottling = (error: unknown) => error === 'throttled';

/** Traffic of requests that end when they are told to. */
function trafficForTests() {
  const traffic = trafficTo(() => 42, isThrottling);
  const underWay: PromiseWithResolvers<void>[] = [];
  const ended: unknown[] = [];
  const send = () => {
    const attempt = () => {
      const one = withResolvers();
      underWay.push(one);
      return one.promise;
    };
    traffic.send(attempt).then(
      () => ended.push('done'),
      (error) => ended.push(error),
    );
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    traffic,
    ended,
    async send(count: number) {
      for (let sent = 0; sent < count; sent += 1) send();
      await settled();
    },
    /** How many are on their way, after all that were have ended like this. */
    async end(how: (request: PromiseWithResolvers<void>) => void) {
      for (const request of underWay.splice(0)) how(request);
      await settled();
    },
    count: () => underWay.length,
  };
}

interface PromiseWithResolvers<T> {
  promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

function withResolvers(): PromiseWithResolvers<void> {
  const made = {} as PromiseWithResolvers<void>;
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}

const done = ({ resolve }: PromiseWithResolvers<void>) => resolve();
const throttle = ({ reject }: PromiseWithResolvers<void>) => reject('throttled');

describe('traffic', () => {
  it('lets eight through at first, and one more each round while they are done', async () => {
    const { send, end, count } = trafficForTests();
    await send(500);
    const counts = [count()];
    for (let round = 0; round < 12; round += 1) {
      await end(done);
      counts.push(count());
    }
    expect(counts.slice(0, 3)).toEqual([8, 8, 9]);
    expect(counts.at(-1)).toBe(16);
  });

  it('halves what it lets through once a round is throttled, but never goes below four', async () => {
    const { send, end, count } = trafficForTests();
    await send(500);
    const counts: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await end(throttle);
      counts.push(count());
    }
    expect(counts).toEqual([4, 4, 4]);
  });

  it('forgets nobody who waits, and hands over what each of them came to', async () => {
    const { send, end, ended, count, traffic } = trafficForTests();
    await send(30);
    expect(traffic.lastDone).toBe(Number.NEGATIVE_INFINITY);
    await end(throttle);
    while (count() > 0) await end(done);
    expect(ended.filter((one) => one === 'throttled')).toHaveLength(8);
    expect(ended.filter((one) => one === 'done')).toHaveLength(22);
    expect(traffic.lastDone).toBe(42);
  });

  it('takes no other error for a sign to slow down', async () => {
    const { send, end, count } = trafficForTests();
    await send(100);
    await end(({ reject }) => reject('denied'));
    expect(count()).toBe(8);
  });
});
