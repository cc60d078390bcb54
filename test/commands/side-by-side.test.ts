import { expect, it } from 'vitest';
import { lanes, sideBySide } from '../../src/commands/side-by-side.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

it('keeps the order of the items, whichever is done first', async () => {
  const results = await sideBySide(numbers(50), async (item) => {
    for (let turns = item % 7; turns > 0; turns -= 1) await turn();
    return item * 2;
  });
  expect(results).toEqual(numbers(50).map((item) => item * 2));
});

it('has so many in work at once, and no more', async () => {
  let [now, most] = [0, 0];
  await sideBySide(numbers(100), async () => {
    now += 1;
    most = Math.max(most, now);
    await turn();
    now -= 1;
  });
  expect(most).toBe(lanes);
});

it('takes items as they come, no sooner than it has a lane for them', async () => {
  let given = 0;
  async function* coming() {
    for (const number of numbers(100)) {
      given += 1;
      yield number;
    }
  }
  let done = 0;
  const results = await sideBySide(coming(), async (item) => {
    expect(given - done).toBeLessThanOrEqual(lanes);
    await turn();
    done += 1;
    return item;
  });
  expect(results).toEqual(numbers(100));
});

it('begins nothing more after a failure', async () => {
  let begun = 0;
  const failing = sideBySide(numbers(1000), async (item) => {
    begun += 1;
    await turn();
    if (item === 3) throw new Error('three');
  });
  await expect(failing).rejects.toThrow('three');
  for (let turns = 0; turns < 10; turns += 1) await turn();
  expect(begun).toBeLessThan(3 * lanes);
});

it('fails where the items do', async () => {
  async function* coming() {
    yield 1;
    throw new Error('no more');
  }
  await expect(sideBySide(coming(), async () => turn())).rejects.toThrow('no more');
});
