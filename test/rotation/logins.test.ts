import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../helpers/database.ts';
import { type MeddlingProxy, meddlingProxyTo } from '../helpers/meddling-proxy.ts';
import { type Door, openDoor } from './door.ts';
import { inFull, note } from './figures.ts';
import { type Attempt, startLoginLoop } from './login-loop.ts';
import { databaseSubject, type Subject, servers, strategies } from './subjects.ts';
import { rotateOnce } from './survive.ts';

const rotations = inFull ? 50 : 5;
const connections = 20;

/** From the change of the password to the moment AWSCURRENT has moved, in milliseconds. */
interface Window {
  readonly from: number;
  to: number;
}

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

describe.each(servers)('$engine (skipped where it is not installed)', ({ engine, isInstalled, start }) => {
  let database: Database;
  let proxy: MeddlingProxy;
  beforeAll(async () => {
    if (!isInstalled) return;
    database = await start();
    proxy = await meddlingProxyTo(database.port);
  }, 60_000);
  afterAll(async () => {
    await proxy?.close();
    await database?.stop();
  });

  /** Rotates while others log in: every window in which a single user's password is not what AWSCURRENT says. */
  async function rotateAmongLogins(subject: Subject): Promise<{ windows: Window[]; attempts: Attempt[] }> {
    const windows: Window[] = [];
    proxy.onSend = (text) => {
      if (/ALTER (USER|ROLE)|SET PASSWORD/i.test(text))
        windows.push({ from: performance.now(), to: Number.POSITIVE_INFINITY });
      return undefined;
    };
    door.after = (operation, { VersionStage }) => {
      if (operation === 'UpdateSecretVersionStage' && VersionStage === 'AWSCURRENT')
        windows.at(-1)!.to = performance.now();
    };
    const loop = startLoginLoop(door, subject.name, subject.logsIn, connections);
    for (let turn = 0; turn < rotations; turn += 1) await rotateOnce(subject);
    return { windows, attempts: await loop.stop() };
  }

  test.skipIf(!isInstalled).each(strategies)(
    'among 20 connections that read AWSCURRENT and log in, over and over: %s user',
    async (strategy) => {
      const name = `logins_${strategy}`;
      const subject = await databaseSubject(door, database, { name, strategy, port: proxy.port });
      const { windows, attempts } = await rotateAmongLogins(subject);
      const failed = attempts.filter((attempt) => attempt.failed);
      const outside = failed.filter(
        ({ from, to }) => !windows.some((window) => from <= window.to && to >= window.from),
      );
      expect(attempts.length).toBeGreaterThan(rotations);
      expect(windows.length).toBeGreaterThanOrEqual(strategy === 'single' ? rotations : 0);
      expect(outside).toEqual([]);
      if (strategy === 'alternating') expect(failed).toEqual([]);
      note('logins', {
        ...{ rotator: `${engine}, ${strategy} user`, rotations, logins: attempts.length, failed: failed.length },
        ...{ outside: outside.length, window: strategy === 'single' ? medianOf(windows) : '' },
      });
    },
    inFull ? 600_000 : 60_000,
  );
});

function medianOf(windows: Window[]): string {
  const lengths = windows.map(({ from, to }) => to - from).sort((a, b) => a - b);
  return `${Math.round(lengths[Math.floor(lengths.length / 2)]!)} ms`;
}
