import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { requireRoom } from '../../../src/commands/exec/limits.ts';

const some = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`X${index}`, 'x'.repeat(1000)]));
const fits = (environment: Record<string, string>) => {
  try {
    requireRoom({ command: '/bin/true', args: [], environment }, []);
    return true;
  } catch {
    return false;
  }
};

it.runIf(process.platform === 'linux')('what is let through starts, and little more would not', () => {
  const starts = (environment: Record<string, string>) => spawnSync('/bin/true', [], { env: environment }).status === 0;
  let [less, more] = [1, 8000];
  while (more - less > 1) {
    const middle = (less + more) >> 1;
    if (fits(some(middle))) less = middle;
    else more = middle;
  }
  expect(starts(some(less))).toBe(true);
  expect(starts(some(more + 8))).toBe(false);
});

it('names the largest of our variables, and the way out', () => {
  const variables = [
    { name: 'A', value: 'x', source: 'secret:a' },
    { name: 'B', value: 'xx', source: 'secret:b', item: 'secret:b#key' },
  ];
  const start = { command: 'c', args: ['1', 'é'], environment: { A: 'x', B: 'xx', GONE: undefined } };
  expect(() => requireRoom(start, variables, () => 10)).toThrow(
    expect.objectContaining({
      code: 'usage',
      // Each with its NUL and a pointer: c, c, 1, é, A=x, B=xx.
      message: 'the variables and arguments together would have 66 bytes, and this system takes at most 10',
      hints: ["let the command read it from a file, whose path the variable holds: --file 'B=secret:b#key'"],
    }),
  );
});

it('with no variable of ours it is our own environment', () => {
  expect(() => requireRoom({ command: 'c', args: [], environment: {} }, [], () => 1)).toThrow(
    expect.objectContaining({ hints: ['pass on less of your own environment: --pristine --keep NAME'] }),
  );
});
