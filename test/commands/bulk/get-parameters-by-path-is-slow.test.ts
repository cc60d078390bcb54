import { beforeAll, expect, it } from 'vitest';
import type { Ssm } from '../../../src/aws/services.ts';
import { readTree } from '../../../src/commands/param/read-parameters.ts';
import { instead, memoryClients, refused } from '../../helpers/memory-clients.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

const count = 500;
let ssm: Ssm;

beforeAll(async () => {
  ({ ssm } = await memoryClients());
  const put = (_: unknown, index: number) => ssm.putParameter({ Name: `/slow/${index}`, Value: 'v', Type: 'String' });
  await Promise.all(Array.from({ length: count }, put));
});

/**
 * A client that is far away: what is asked at the same time is answered at the same time, one round trip later. Time is
 * counted in those.
 */
function farAway(client: Ssm) {
  let waiting: (() => void)[] = [];
  let rounds = 0;
  let isTurning = false;

  async function turn() {
    isTurning = true;
    // Long enough for all that an answer gives rise to.
    for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    isTurning = false;
    rounds += 1;
    const arrived = waiting;
    waiting = [];
    for (const arrive of arrived) arrive();
  }

  const far = new Proxy(client, {
    get: (_, name: keyof Ssm) => async (input: never) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (!isTurning) turn();
      });
      return (client[name] as (input: never) => Promise<object>)(input);
    },
  });
  return { client: far, rounds: () => rounds };
}

const roundsOf = async (client: Ssm) => {
  const far = farAway(client);
  const found = await readTree(far.client, terminalForTests(), { path: '/slow/' });
  expect(found).toHaveLength(count);
  return far.rounds();
};

it('reads a tree by its names in less than a third of the round trips that pages take', async () => {
  const pageByPage = await roundsOf(instead(ssm, { describeParameters: refused('AccessDeniedException') }));
  expect(pageByPage).toBeGreaterThanOrEqual(count / 10);
  expect(await roundsOf(ssm)).toBeLessThan(pageByPage / 3);
});

it('reads values while names are still being listed', async () => {
  // The first page by path, ten of names, and one for the last values.
  expect(await roundsOf(ssm)).toBe(1 + count / 50 + 1);
});
