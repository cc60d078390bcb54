import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../helpers/database.ts';
import { type Door, openDoor } from './door.ts';
import { inFull, note } from './figures.ts';
import { allVersions } from './labels.ts';
import { commandSubject, databaseSubject, passwordSubject, type Subject, servers, strategies } from './subjects.ts';
import { expectNoPassword, killEverywhere, rotateOnce } from './survive.ts';

/** In the regular suite some of the calls, and some moments; in full all of them. */
const effort = inFull ? { stride: 1, random: 200 } : { stride: 9, random: 5 };

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

const timeout = inFull ? 3_600_000 : 60_000;

async function survive(rotator: string, subject: Subject): Promise<void> {
  const { calls, kills, randomKills, rotations } = await killEverywhere(subject, effort);
  expect(kills).toBeGreaterThan(2);
  expect(randomKills).toBe(effort.random);
  note('killed', { rotator, calls, kills, randomKills, rotations });
}

describe.each(servers)('$engine (skipped where it is not installed)', ({ engine, isInstalled, start }) => {
  let database: Database;
  beforeAll(async () => {
    if (isInstalled) database = await start();
  }, 60_000);
  afterAll(() => database?.stop());

  test.skipIf(!isInstalled).each(strategies)(
    'a rotation that is killed anywhere leaves a way in, and the next one ends it: %s user',
    async (strategy) => {
      const subject = await databaseSubject(door, database, { name: `killed_${strategy}`, strategy });
      await survive(`${engine}, ${strategy} user`, subject);
      expectNoPassword(database.log(), await allVersions(door, subject.name));
    },
    timeout,
  );
});

describe.each(servers)('$engine, back to the version before (skipped where it is not installed)', (server) => {
  test.skipIf(!server.isInstalled).each(strategies)(
    'a rollback that is killed anywhere leaves a way in, and the next one ends it: %s user',
    async (strategy) => {
      const database = await server.start();
      try {
        const subject = await databaseSubject(door, database, { name: `back_${strategy}`, strategy });
        await rotateOnce(subject);
        const { kills } = await killEverywhere({ ...subject, argv: subject.argv.with(1, 'rollback') }, { stride: 16 });
        expect(kills).toBeGreaterThan(3);
      } finally {
        await database.stop();
      }
    },
    60_000,
  );
});

test(
  'a value without a service, killed anywhere: the next one ends it',
  async () => survive('password', await passwordSubject(door)),
  timeout,
);

test.skipIf(process.platform === 'win32')(
  "a program of one's own, killed anywhere: there is a way in, and the next one ends it",
  async () => survive('command', await commandSubject(door)),
  timeout,
);
