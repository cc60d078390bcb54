import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

let place: ReturnType<typeof makePlace>;
let environment: Record<string, string>;
beforeEach(async () => {
  place = makePlace();
  environment = { ...place.environment, LATCHKEY_VAULT: '1', SEEN: path.join(place.place, 'seen') };
  await latchkey(['vault', 'init']).exit;
  await latchkey(['secret', 'create', 'db'], '{"a":"1"}').exit;
  await latchkey(['secret', 'create', 'app/one'], 'x').exit;
  await latchkey(['param', 'put', '/app/url'], 'x').exit;
});
afterEach(() => place.remove());

function latchkey(argv: string[], stdin = '') {
  const terminal = terminalForTests({ stdin });
  return { said: terminal.said, exit: run(argv, terminal, environment) };
}

/** Runs `body` under --watch; it writes a line to the file `SEEN` each time it starts. */
function watching(options: string[], body: string) {
  const script = `const fs = require('node:fs'); const note = (line) => fs.appendFileSync(process.env.SEEN, line + '\\n'); ${body}`;
  const times = ['--watch', '--interval', '20ms', '--grace', '200ms'];
  return latchkey(['exec', ...times, ...options, '--', process.execPath, '-e', script]);
}

/** Resolves when the file has so many lines. */
async function lines(count: number): Promise<string[]> {
  for (;;) {
    const text = fs.existsSync(environment.SEEN!) ? fs.readFileSync(environment.SEEN!, 'utf8') : '';
    const found = text.split('\n').slice(0, -1);
    if (found.length >= count) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Until it is told to end by a file, or by SIGTERM, which a restart sends. */
const lives = `note('A' in process.env ? process.env.A : 'up'); setInterval(() => fs.existsSync(process.env.SEEN + '.end') && process.exit(5), 10);`;
const end = () => fs.writeFileSync(`${environment.SEEN}.end`, '');

describe('starts again with the new value when there is one', () => {
  it.each([
    ['a key of a secret', ['--env', 'A=secret:db#a'], ['secret', 'set', 'db#a'], '2', ['1', '2']],
    ['a secret below a path', ['--env-from', 'secret:app/'], ['secret', 'put', 'app/one'], 'y', ['up', 'up']],
    [
      'a secret that is rotated',
      ['--env-from', 'secret:app/'],
      ['rotate', 'now', 'app/one', '--rotator', 'password'],
      '',
      ['up', 'up'],
    ],
    ['a parameter', ['--env', 'A=param:/app/url'], ['param', 'put', '/app/url'], 'y', ['x', 'y']],
    ['a new one in a tree', ['--env-from', 'param:/app/'], ['param', 'put', '/app/a'], 'y', ['up', 'y']],
    ['one below a path of secrets', ['--env-from', 'secret:app/'], ['secret', 'create', 'app/a'], 'y', ['up', 'y']],
  ])('%s', async (_, options, change, value, seen) => {
    const { exit, said } = watching(options, lives);
    await lines(1);
    expect(await latchkey(change, value).exit).toBe(0);
    expect(await lines(2)).toEqual(seen);
    end();
    expect(await exit).toBe(5);
    expect(said).toEqual(['latchkey: values have changed: starting the command again']);
  });
});

it('a file of --file has the new value, too, and the old one is gone', async () => {
  const body = `note(process.env.F + ' ' + fs.readFileSync(process.env.F, 'utf8')); setInterval(() => fs.existsSync(process.env.SEEN + '.end') && process.exit(0), 10);`;
  const { exit } = watching(['--file', 'F=param:/app/url'], body);
  await lines(1);
  await latchkey(['param', 'put', '/app/url'], 'y').exit;
  const [before, after] = (await lines(2)).map((line) => line.split(' '));
  expect([before![1], after![1], fs.existsSync(before![0]!), fs.existsSync(after![0]!)]).toEqual([
    'x',
    'y',
    false,
    true,
  ]);
  end();
  expect(await exit).toBe(0);
  expect(fs.existsSync(path.dirname(after![0]!))).toBe(false);
});

it('a command that ignores SIGTERM is killed after its grace', async () => {
  const { exit } = watching(['--env', 'A=param:/app/url'], `process.on('SIGTERM', () => note('ignored')); ${lives}`);
  await lines(1);
  await latchkey(['param', 'put', '/app/url'], 'y').exit;
  expect(await lines(3)).toEqual(['x', 'ignored', 'y']);
  end();
  expect(await exit).toBe(5);
});

it('goes on with what it has while new values cannot be read, and says so once', async () => {
  const { exit, said } = watching(['--env', 'A=param:/app/url'], lives);
  await lines(1);
  await latchkey(['param', 'delete', '/app/url', '--yes']).exit;
  while (said.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise((resolve) => setTimeout(resolve, 100));
  end();
  expect(await exit).toBe(5);
  expect(said).toEqual(['latchkey: new values cannot be read, the command goes on: there is no parameter "/app/url"']);
});

it('SIGTERM while it waits for the command to go is the end of both', async () => {
  const body = `process.on('SIGTERM', () => { note('going'); setTimeout(() => process.exit(9), 100); }); ${lives}`;
  const { exit } = watching(['--env', 'A=param:/app/url'], body);
  await lines(1);
  await latchkey(['param', 'put', '/app/url'], 'y').exit;
  await lines(2);
  process.kill(process.pid, 'SIGTERM');
  expect(await exit).toBe(9);
  expect((await lines(2)).filter((line) => line === 'y')).toEqual([]);
});

it('our own listeners are gone afterwards', async () => {
  const before = process.listenerCount('SIGTERM');
  await watching(['--env', 'A=param:/app/url'], '').exit;
  expect(process.listenerCount('SIGTERM')).toBe(before);
});
