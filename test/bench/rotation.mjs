// Rotations of real database users that are killed, and that happen among logins: the tests of test/rotation at their full
// length, and the figures that they leave. Takes a while; servers that are not installed are left out.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-bench-'));
const figures = path.join(place, 'figures');

const run = (...files) =>
  spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', '--project', 'latchkey', ...files],
    {
      cwd: root,
      env: { ...process.env, LATCHKEY_ROTATION_FULL: '1', LATCHKEY_ROTATION_FIGURES: figures },
      stdio: ['ignore', 2, 2],
    },
  ).status;

const row = (cells) => console.log(`| ${cells.join(' | ')} |`);

function print(table, columns) {
  const rows = fs
    .readFileSync(figures, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  row(Object.values(columns));
  row(Object.values(columns).map(() => '---'));
  for (const { row: figure } of rows.filter((one) => one.table === table)) {
    row(Object.keys(columns).map((column) => figure[column]));
  }
}

try {
  // One after the other: what is measured in the second is not to wait for the first.
  fs.writeFileSync(figures, '');
  const failed = [run('test/rotation/killed.test.ts'), run('test/rotation/logins.test.ts')].some(
    (status) => status !== 0,
  );
  print('killed', {
    rotator: 'a rotation killed',
    calls: 'calls of one rotation',
    kills: 'kills at a call',
    randomKills: 'at any moment',
    rotations: 'rotations',
  });
  console.log(`
After each kill some version of the secret logged in, and after one command more, \`rotate now\` or \`rotate recover\`,
AWSCURRENT did and nothing was pending: ${failed ? 'NOT ALWAYS, see above' : 'each time'}.
`);
  print('logins', {
    rotator: 'among 20 connections',
    rotations: 'rotations',
    logins: 'logins',
    failed: 'failed',
    outside: 'failed outside the window',
    window: 'window, median',
  });
  if (failed) process.exitCode = 1;
} finally {
  fs.rmSync(place, { recursive: true, force: true });
}
