import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAll } from '../../src/cli/streams.ts';

const program = path.join(import.meta.dirname, '../../bin/latchkey.cjs');
const device = '/dev/full';

describe.skipIf(!fs.existsSync(device))(`a disk without space (skipped without ${device})`, () => {
  let full: number;
  beforeAll(() => {
    full = fs.openSync(device, 'w');
  });
  afterAll(() => fs.closeSync(full));

  it('is no bug of ours', () => {
    expect(() => writeAll(full, 'x')).toThrow(
      expect.objectContaining({ code: 'denied', message: 'the output cannot be written: there is no space left' }),
    );
  });

  it('takes no answer away where only the talk is lost', () => {
    const { status, stdout } = spawnSync(process.execPath, [program, 'no-such'], { stdio: ['ignore', 'pipe', full] });
    expect([status, String(stdout)]).toEqual([2, '']);
  });
});

it('keeps its exit code where nobody listens to the talk', async () => {
  const child = spawn(process.execPath, [program, 'no-such'], { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr!.destroy();
  const [status] = await once(child, 'exit');
  expect(status).toBe(2);
});
