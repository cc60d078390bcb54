import { expect, it } from 'vitest';
import { asBytes, progressOf } from '../../src/output/progress.ts';
import { terminalForTests } from '../helpers/terminal.ts';

function progressForTests(total?: number, tty = true, say?: (number: number) => string) {
  let time = 0;
  const terminal = terminalForTests({ tty });
  const progress = progressOf(terminal, 'reading', total, { now: () => time, say });
  const add = (count: number, milliseconds: number) => {
    time += milliseconds;
    progress.add(count);
  };
  return { progress, add, statuses: terminal.statuses };
}

it('says nothing of what takes no second, and takes away what it said', () => {
  const { progress, add, statuses } = progressForTests(100);
  add(50, 900);
  progress.end();
  expect(statuses).toEqual(['']);
});

it('says how many of how many, how fast, and how much longer', () => {
  const { add, statuses } = progressForTests(10_000);
  add(1000, 1000);
  add(1500, 1000);
  expect(statuses).toEqual([
    'reading: 1,000 of 10,000, 1,000 a second, 9 s left',
    'reading: 2,500 of 10,000, 1,250 a second, 6 s left',
  ]);
});

it('says bytes as bytes', () => {
  const { add, statuses } = progressForTests(3 * 1024 ** 3, true, asBytes);
  add(1024 ** 3, 2000);
  expect(statuses).toEqual(['reading: 1.0 GiB of 3.0 GiB, 512.0 MiB a second, 4 s left']);
  expect([0, 1023, 1024, 1536, 5 * 1024 ** 4].map(asBytes)).toEqual(['0 B', '1023 B', '1.0 KiB', '1.5 KiB', '5.0 TiB']);
});

it('tells minutes where it is long', () => {
  const { add, statuses } = progressForTests(10_000);
  add(40, 1000);
  expect(statuses).toEqual(['reading: 40 of 10,000, 40 a second, 5 min left']);
});

it('says a few words a second at most', () => {
  const { add, statuses } = progressForTests(10_000);
  for (let each = 0; each < 200; each += 1) add(1, 10); // the first second is quiet, the next has five
  expect(statuses).toHaveLength(5);
});

it('does without a total until there is one', () => {
  const { progress, add, statuses } = progressForTests();
  add(1240, 1000);
  progress.total = 1300;
  add(20, 1000);
  expect(statuses).toEqual([
    'reading: 1,240 so far, 1,240 a second',
    'reading: 1,260 of 1,300, 630 a second, 1 s left',
  ]);
});

it('is quiet where nobody looks', () => {
  const { progress, add, statuses } = progressForTests(10, false);
  add(5, 5000);
  progress.end();
  expect(statuses).toEqual([]);
});
