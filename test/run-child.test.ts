import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runChild } from '../src/run-child.ts';

let place: string;
beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-exec-'));
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

const node = (script: string, { atTerminal = false, environment = {} } = {}) =>
  runChild({ command: process.execPath, args: ['-e', script], environment, atTerminal });

describe('status', () => {
  it.each([0, 1, 7, 255])('%i is passed on', async (status) => {
    expect(await node(`process.exit(${status})`)).toBe(status);
  });

  it.each([
    ['SIGKILL', 137],
    ['SIGTERM', 143],
    ['SIGABRT', 134],
  ])('of a child that %s ended is %i', async (signal, status) => {
    expect(await node(`process.kill(process.pid, '${signal}'); setInterval(() => {}, 1000)`)).toBe(status);
  });
});

describe('signals', () => {
  /** Sends ourselves `signal` once the child listens; what the child then says it got. */
  async function send(signal: NodeJS.Signals, options: { atTerminal?: boolean } = {}): Promise<string> {
    const [ready, got] = [path.join(place, 'ready'), path.join(place, 'got')];
    const child = node(
      `const fs = require('node:fs');
       const end = (name) => { fs.writeFileSync(${JSON.stringify(got)}, name); process.exit(0); };
       process.on('${signal}', () => end('${signal}'));
       process.on('SIGUSR2', () => setTimeout(end, 50, 'SIGUSR2'));
       fs.writeFileSync(${JSON.stringify(ready)}, '');
       setInterval(() => {}, 1000);`,
      options,
    );
    await existence(ready);
    process.kill(process.pid, signal);
    if (options.atTerminal) process.kill(process.pid, 'SIGUSR2');
    await child;
    return fs.readFileSync(got, 'utf8');
  }

  async function existence(file: string): Promise<void> {
    const watcher = fs.watch(path.dirname(file));
    if (!fs.existsSync(file)) await once(watcher, 'change');
    watcher.close();
  }

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH'] as const)(
    '%s reaches the child, and leaves us alive',
    async (signal) => {
      expect(await send(signal)).toBe(signal);
    },
  );

  it('SIGINT is not passed on at a terminal, whose keys reach the child by themselves', async () => {
    expect(await send('SIGINT', { atTerminal: true })).toBe('SIGUSR2');
  });

  it('our own listeners are gone afterwards', async () => {
    const before = process.listenerCount('SIGTERM');
    await node('');
    await expect(runChild({ command: place, args: [], environment: {}, atTerminal: false })).rejects.toThrow();
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});

it('the child has the environment it is given and no other', async () => {
  const script = 'process.exit(Object.keys(process.env).join() === "ONLY" && process.env.ONLY === "a b\\n$c" ? 0 : 1)';
  expect(await node(script, { environment: { ONLY: 'a b\n$c' } })).toBe(0);
});
