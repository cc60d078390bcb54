import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { ApiError } from '../../src/vault/errors.ts';
import type { Database } from '../helpers/database.ts';
import { type MeddlingProxy, meddlingProxyTo } from '../helpers/meddling-proxy.ts';
import { terminalForTests } from '../helpers/terminal.ts';
import { partOfThem } from '../helpers/throttled.ts';
import { againstPolicy, diskFull, errorAnswer } from './database-answers.ts';
import { type Door, openDoor, throttling } from './door.ts';
import { pendingIn, storedVersions, withStage } from './labels.ts';
import { databaseSubject, type Strategy, type Subject, servers, strategies } from './subjects.ts';

/** What changes a password, in either database. */
const change = /ALTER (USER|ROLE)|CREATE (USER|ROLE)|SET PASSWORD/i;

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

async function latchkey(argv: string[]) {
  const terminal = terminalForTests();
  const exit = await run(argv, terminal, door.environment);
  return { exit, said: `${terminal.said.join('\n')}\n${terminal.stdout}` };
}

const rotate = ({ argv }: Subject) => latchkey(argv);

/** The values that are good, by label. */
async function goodStages({ name, logsIn }: Subject): Promise<string[]> {
  const good: string[] = [];
  for (const { stages, value } of await storedVersions(door, name)) {
    if (await logsIn(value)) good.push(...stages);
  }
  return good;
}

async function expectEnded({ name, logsIn }: Subject): Promise<void> {
  const versions = await storedVersions(door, name);
  expect(pendingIn(versions)).toEqual([]);
  expect(await logsIn(withStage(versions, 'AWSCURRENT')!.value)).toBe(true);
}

async function currentOf({ name }: Subject): Promise<string> {
  return withStage(await storedVersions(door, name), 'AWSCURRENT')!.id;
}

/** A new rotation ends, whatever came before. */
async function expectToEnd(subject: Subject): Promise<void> {
  const before = await currentOf(subject);
  expect(await rotate(subject)).toMatchObject({ exit: 0 });
  await expectEnded(subject);
  expect(await currentOf(subject)).not.toBe(before);
}

async function expectNoPassword({ name }: Subject, said: string): Promise<void> {
  for (const { value } of await storedVersions(door, name)) expect(said).not.toContain(JSON.parse(value).password);
}

describe.each(servers)('$engine (skipped where it is not installed)', ({ engine, isInstalled, start }) => {
  let database: Database;
  let proxy: MeddlingProxy;
  beforeAll(async () => {
    if (isInstalled) database = await start();
  }, 60_000);
  afterAll(() => database?.stop());
  beforeEach(async () => {
    if (isInstalled) proxy = await meddlingProxyTo(database.port);
  });
  afterEach(() => proxy?.close());

  let made = 0;
  const subjectOf = (strategy: Strategy, asked: { admin?: { username?: string; password?: string } } = {}) => {
    made += 1;
    return databaseSubject(door, database, { name: `t${made}_${strategy}`, strategy, port: proxy.port, ...asked });
  };

  describe.skipIf(!isInstalled).each(strategies)('%s user', (strategy) => {
    /** Does this to the first change of a password alone. */
    const meddleOnce = (fate: 'cut' | Uint8Array) => {
      let done = false;
      proxy.onSend = (text) => {
        if (done || !change.test(text)) return undefined;
        done = true;
        return fate;
      };
    };

    test('cut off between the change and its answer: there is a way in, and the next one ends it', async () => {
      const subject = await subjectOf(strategy);
      meddleOnce('cut');
      const { exit, said } = await rotate(subject);
      expect({ exit, said }).toMatchObject({
        exit: 6,
        said: expect.stringMatching(strategy === 'single' ? /rotate recover/ : /./),
      });
      await expectNoPassword(subject, said);
      expect(await goodStages(subject)).toContain(strategy === 'single' ? 'AWSPENDING' : 'AWSCURRENT');
      await expectToEnd(subject);
    });

    test('cut off there, and then nobody there: the value that may be the only good one is kept', async () => {
      const subject = await subjectOf(strategy);
      meddleOnce('cut');
      await rotate(subject);
      proxy.isDown = true;
      expect(await rotate(subject)).toMatchObject({ exit: 6 });
      proxy.isDown = false;
      expect(await goodStages(subject)).not.toEqual([]);
      await expectToEnd(subject);
    });

    test('cut off there, then recover', async () => {
      const subject = await subjectOf(strategy);
      meddleOnce('cut');
      await rotate(subject);
      expect(await latchkey(subject.recovery)).toMatchObject({ exit: 0 });
      await expectEnded(subject);
    });

    test('the server crashes at the change: there is a way in when it is back, and the next one ends it', async () => {
      const subject = await subjectOf(strategy);
      let crash: Promise<void> | undefined;
      proxy.onSend = (text) => {
        if (crash || !change.test(text)) return undefined;
        crash = database.crash();
        return 'cut';
      };
      expect(await rotate(subject)).toMatchObject({ exit: 6 });
      await crash;
      await database.start();
      expect(await goodStages(subject)).not.toEqual([]);
      await expectToEnd(subject);
    });

    test('the database is down: nothing is changed', async () => {
      const subject = await subjectOf(strategy);
      proxy.isDown = true;
      const { exit, said } = await rotate(subject);
      expect({ exit, said }).toMatchObject({ exit: 6, said: expect.stringMatching(/could not be reached|answered/) });
      await expectEnded(subject);
      proxy.isDown = false;
      await expectToEnd(subject);
    });

    test.each([
      ['its disk is full', diskFull, 6],
      ['its policy refuses the password', againstPolicy, 4],
    ])('%s: it says so, and recover backs out', async (_case, error, wanted) => {
      const subject = await subjectOf(strategy);
      const before = await currentOf(subject);
      meddleOnce(errorAnswer(engine, error));
      const { exit, said } = await rotate(subject);
      expect({ exit, said }).toMatchObject({ exit: wanted, said: expect.stringContaining(error.message) });
      await expectNoPassword(subject, said);
      expect(await goodStages(subject)).toContain('AWSCURRENT');
      expect(await latchkey(subject.recovery)).toMatchObject({ exit: 0 });
      await expectEnded(subject);
      expect(await currentOf(subject)).toBe(before);
      await expectToEnd(subject);
    });

    test('two at once: one wins, and the other says so', async () => {
      const subject = await subjectOf(strategy);
      const before = await currentOf(subject);
      const waiting: (() => void)[] = [];
      door.before = (operation) => {
        if (operation !== 'PutSecretValue') return;
        return new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length === 2) for (const go of waiting) go();
        });
      };
      const both = await Promise.all([rotate(subject), rotate(subject)]);
      expect(both.map(({ exit }) => exit).sort()).toEqual([0, 5]);
      expect(both.find(({ exit }) => exit === 5)!.said).toMatch(/faster|moved on/);
      await expectEnded(subject);
      expect(withStage(await storedVersions(door, subject.name), 'AWSPREVIOUS')!.id).toBe(before);
    });

    test('half of the calls are throttled: it only takes longer', async () => {
      const subject = await subjectOf(strategy);
      const refuses = partOfThem(0.5);
      let refused = 0;
      door.before = () => {
        if (!refuses(0)) return;
        refused += 1;
        throw throttling();
      };
      await expectToEnd(subject);
      expect(refused).toBeGreaterThan(3);
    });

    test('somebody moves AWSCURRENT meanwhile: their version stays, and recover makes it good', async () => {
      const subject = await subjectOf(strategy);
      const { value } = withStage(await storedVersions(door, subject.name), 'AWSCURRENT')!;
      const theirs = {
        token: 'a-version-of-somebody-elses-own-',
        value: JSON.stringify({ ...JSON.parse(value), note: 1 }),
      };
      door.before = async (operation, { VersionStage }) => {
        if (operation !== 'UpdateSecretVersionStage' || VersionStage !== 'AWSCURRENT') return;
        door.before = () => {};
        await door.call('PutSecretValue', {
          ...{ SecretId: subject.name, ClientRequestToken: theirs.token, SecretString: theirs.value },
        });
      };
      const { exit, said } = await rotate(subject);
      expect({ exit, said }).toMatchObject({ exit: 5, said: expect.stringContaining('rotate recover') });
      expect(await currentOf(subject)).toBe(theirs.token);
      expect(await goodStages(subject)).not.toEqual([]);
      expect(await latchkey(subject.recovery)).toMatchObject({ exit: 0 });
      await expectEnded(subject);
      expect(await currentOf(subject)).toBe(theirs.token);
      await expectToEnd(subject);
    });

    /** Cuts the rotation off after the change, by failing to move AWSCURRENT, and takes AWSPENDING away from it. */
    const takeAway = async (subject: Subject) => {
      door.before = async (operation, { VersionStage, MoveToVersionId }) => {
        if (operation !== 'UpdateSecretVersionStage' || VersionStage !== 'AWSCURRENT') return;
        door.before = () => {};
        await door.call('UpdateSecretVersionStage', {
          ...{ SecretId: subject.name, VersionStage: 'AWSPENDING', RemoveFromVersionId: MoveToVersionId },
        });
        throw new ApiError('AccessDeniedException');
      };
      expect(await rotate(subject)).toMatchObject({ exit: 4 });
      expect(withStage(await storedVersions(door, subject.name), 'AWSPENDING')).toBeUndefined();
    };

    test('somebody takes AWSPENDING away meanwhile: there is a way in, and the next one ends it', async () => {
      const subject = await subjectOf(strategy);
      await takeAway(subject);
      expect(await goodStages(subject)).not.toEqual([]);
      await expectToEnd(subject);
    });

    test('somebody takes AWSPENDING away meanwhile: recover ends it', async () => {
      const subject = await subjectOf(strategy);
      await takeAway(subject);
      expect(await latchkey(subject.recovery)).toMatchObject({ exit: 0 });
      await expectEnded(subject);
    });
  });

  test.skipIf(!isInstalled)("the administrator's password is wrong: nothing is changed", async () => {
    const subject = await subjectOf('alternating', { admin: { password: 'not this one' } });
    const { exit, said } = await rotate(subject);
    expect({ exit, said }).toMatchObject({ exit: 4, said: expect.stringContaining(database.admin.username) });
    expect(said).not.toContain('not this one');
    await expectEnded(subject);
  });

  test.skipIf(!isInstalled)('the administrator may not: it says so, and recover backs out', async () => {
    const weak = await databaseSubject(door, database, { name: 'weak', strategy: 'single' });
    const { value } = withStage(await storedVersions(door, weak.name), 'AWSCURRENT')!;
    const { username, password } = JSON.parse(value);
    const subject = await subjectOf('alternating', { admin: { username, password } });
    const { exit, said } = await rotate(subject);
    expect({ exit, said }).toMatchObject({ exit: 4, said: expect.stringMatching(/permission denied|access denied/i) });
    expect(said).not.toContain(password);
    expect(await goodStages(subject)).toContain('AWSCURRENT');
    expect(await latchkey(subject.recovery)).toMatchObject({ exit: 0 });
    await expectEnded(subject);
  });
});
