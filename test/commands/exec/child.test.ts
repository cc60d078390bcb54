import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePlace } from '../../helpers/play.ts';

const program = path.join(import.meta.dirname, '../../../bin/latchkey.cjs');
let place: ReturnType<typeof makePlace>;
let env: Record<string, string>;
beforeAll(() => {
  place = makePlace();
  env = { ...place.environment, LATCHKEY_VAULT: '1', TMPDIR: path.join(place.place, 'tmp') };
  fs.mkdirSync(env.TMPDIR!);
  spawnSync(process.execPath, [program, 'vault', 'init'], { env });
  spawnSync(process.execPath, [program, 'secret', 'create', 'x'], { env, input: Buffer.from([0, 0xff, 0x0a]) });
});
afterAll(() => place.remove());

/** The program itself, running `script` in Node with the options of `exec`. */
const start = (options: string[], script: string) =>
  spawn(process.execPath, [program, 'exec', ...options, '--', process.execPath, '-e', script], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });

it('what a command writes is not held back or kept: a gigabyte of it', async () => {
  const child = start(
    [],
    `const part = Buffer.alloc(1 << 20); for (let i = 0; i < 1024; i++) require('node:fs').writeSync(1, part)`,
  );
  let bytes = 0;
  child.stdout.on('data', (part: Buffer) => {
    bytes += part.length;
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(bytes).toBe(2 ** 30);
}, 60_000);

it('a command that closes its standard input ends as it will', async () => {
  const child = start([], `process.stdin.destroy(); setTimeout(() => process.exit(3), 50)`);
  child.stdin.on('error', () => {});
  child.stdin.write(Buffer.alloc(1 << 20));
  expect((await once(child, 'close'))[0]).toBe(3);
});

it('a command that ignores SIGTERM goes on, and its status comes back', async () => {
  const child = start(
    [],
    `process.on('SIGTERM', () => setTimeout(() => process.exit(6), 50)); console.log('up'); setInterval(() => {}, 1000)`,
  );
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect((await once(child, 'close'))[0]).toBe(6);
});

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('its files are gone when %s has ended it', async (signal) => {
  const child = start(['--file', 'F=secret:x'], `console.log(process.env.F); setInterval(() => {}, 1000)`);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const file = said.toString().trim();
  expect([...fs.readFileSync(file)]).toEqual([0, 0xff, 0x0a]);
  expect([fs.statSync(file).mode & 0o777, fs.statSync(path.dirname(file)).mode & 0o777]).toEqual([0o600, 0o700]);
  child.kill(signal);
  expect((await once(child, 'close'))[0]).toBe(128 + os.constants.signals[signal]);
  expect(fs.readdirSync(env.TMPDIR!)).toEqual([]);
});

it('its files are gone when it could not be started', () => {
  const { status } = spawnSync(process.execPath, [program, 'exec', '--file', 'F=secret:x', '--', 'no-such-command'], {
    env,
  });
  expect([status, fs.readdirSync(env.TMPDIR!)]).toEqual([127, []]);
});

it('a command is found by our own PATH where it is given none', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [program, 'exec', '--pristine', '--', path.basename(process.execPath), '-p', 'Object.keys(process.env).join()'],
    { env: { ...env, PATH: path.dirname(process.execPath) } },
  );
  expect([status, stdout.toString()]).toEqual([0, '\n']);
});
