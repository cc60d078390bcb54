import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { terminalForTests } from '../helpers/terminal.ts';
import { randomFrom } from '../helpers/throttled.ts';
import { pendingIn, type Stored, storedVersions, withStage } from './labels.ts';
import type { Subject } from './subjects.ts';

const program = path.join(import.meta.dirname, '../../bin/latchkey.cjs');
const killer = path.join(import.meta.dirname, '../helpers/kill-at-call.cjs');

interface Ended {
  /** What it printed, on both streams. */
  readonly said: string;
  readonly killed: boolean;
  readonly calls: number;
  readonly milliseconds: number;
}

/** Runs a rotation in a process of its own; `kill` is called with a way to end it once its first call is in. */
async function rotateInChild(subject: Subject, killAt: string, kill?: (end: () => void) => void): Promise<Ended> {
  const { door, argv } = subject;
  const counted = path.join(door.environment.HOME!, 'calls');
  const env = { ...door.environment, KILL_AT: killAt, KILL_COUNT: counted };
  const child = spawn(process.execPath, ['-r', killer, program, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => said.push(String(bytes)));
  let start = 0;
  door.before = () => {
    if (start > 0) return;
    start = performance.now();
    kill?.(() => child.kill('SIGKILL'));
  };
  const [status, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.on('close', (...ended) => resolve(ended)),
  );
  const milliseconds = performance.now() - start;
  door.before = () => {};
  const ended = { said: said.join(''), milliseconds };
  if (signal === 'SIGKILL') return { ...ended, killed: true, calls: 0 };
  expect({ at: killAt, status, said: ended.said }).toMatchObject({ status: 0 });
  return { ...ended, killed: false, calls: Number(fs.readFileSync(counted, 'utf8')) };
}

/** One rotation that nobody disturbs. */
export const rotateOnce = (subject: Subject): Promise<Ended> => rotateInChild(subject, '');

export interface Survived {
  /** What one rotation sends over the network. */
  readonly calls: number;
  /** At a call, and at any moment. */
  kills: number;
  randomKills: number;
  rotations: number;
}

/** Kills a rotation at every `stride`-th of its calls, in three ways each, then `random` times at any moment. */
export async function killEverywhere(subject: Subject, { stride = 1, random = 0 }): Promise<Survived> {
  const { calls } = await rotateOnce(subject);
  const survived: Survived = { calls, kills: 0, randomKills: 0, rotations: 1 };
  let length = 0;
  for (const [offset, where] of ['before', 'sent', 'after'].entries()) {
    for (let at = 1 + (offset % stride); at <= calls; at += stride) {
      const ended = await rotateInChild(subject, `${where}:${at}`);
      if (ended.killed) survived.kills += 1;
      else [length, survived.rotations] = [ended.milliseconds, survived.rotations + 1];
      survived.rotations += await settle(subject, `${where}:${at}`, ended.said, at % 3 === 0);
    }
  }
  length ||= (await rotateOnce(subject)).milliseconds;
  const next = randomFrom(11);
  while (survived.randomKills < random) {
    const after = next() * length;
    const { killed, said } = await rotateInChild(subject, '', (end) => void setTimeout(end, after));
    if (killed) survived.randomKills += 1;
    survived.rotations += await settle(subject, `${after} ms`, said, survived.randomKills % 3 === 0);
  }
  return survived;
}

/** What is left after a kill logs in, and one command more leaves nothing pending; how many rotations that took. */
async function settle(subject: Subject, at: string, said: string, byRecovery: boolean): Promise<number> {
  const { door, name, logsIn, keepsPrevious } = subject;
  const left = await storedVersions(door, name);
  const stages = left.map((version) => version.stages);
  // A program that was started before the kill may go on, and change what is good between one look and the next.
  const some = (await isSomeGood(subject, left)) || (await isSomeGood(subject, left));
  expect({ at, some, stages }).toMatchObject({ some: true });

  const argv = byRecovery ? subject.recovery : subject.argv;
  const terminal = terminalForTests();
  const exit = await run(argv, terminal, door.environment);
  expect({ at, stages, exit, said: terminal.said }).toMatchObject({ exit: 0 });
  const after = await storedVersions(door, name);
  const good = await logsIn(withStage(after, 'AWSCURRENT')!.value);
  expect({ at, stages, argv, pending: pendingIn(after), good }).toMatchObject({ pending: [], good: true });
  const previous = withStage(after, 'AWSPREVIOUS');
  if (keepsPrevious && !byRecovery && previous) {
    expect({ at, stages, previous: await logsIn(previous.value) }).toMatchObject({ previous: true });
  }
  expectNoPassword(`${said}${terminal.said.join()}${terminal.stdout}`, [...left, ...after]);
  return byRecovery ? 0 : 1;
}

const isSomeGood = async ({ logsIn }: Subject, versions: Stored[]): Promise<boolean> =>
  (await Promise.all(versions.map(({ value }) => logsIn(value)))).some(Boolean);

/** None that a rotation has made is in this text, which may be long: it is not shown. */
export function expectNoPassword(text: string, versions: Stored[]): void {
  const made = versions.map(({ value }) => passwordIn(value)).filter((password) => !password.startsWith('first'));
  expect(made.filter((password) => text.includes(password))).toEqual([]);
}

function passwordIn(value: string): string {
  try {
    return JSON.parse(value).password;
  } catch {
    return value;
  }
}
