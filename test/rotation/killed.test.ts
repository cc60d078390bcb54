import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../helpers/database.ts';
import { type Door, openDoor } from './door.ts';
import { inFull, note } from './figures.ts';
import { databaseSubject, servers, strategies } from './subjects.ts';
import { killEverywhere } from './survive.ts';

/** In the regular suite some of the calls, and some moments; in full all of them. */
const effort = inFull ? { stride: 1, random: 200 } : { stride: 7, random: 6 };

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

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
      const { calls, kills, randomKills, rotations } = await killEverywhere(subject, effort);
      expect(kills).toBeGreaterThan(5);
      expect(randomKills).toBe(effort.random);
      note('killed', {
        rotator: `${engine}, ${strategy} user`,
        calls,
        kills,
        randomKills,
        rotations,
        lockedOut: 0,
        pending: 0,
      });
    },
    inFull ? 3_600_000 : 60_000,
  );
});
