import { expect, it } from 'vitest';
import { progressOf } from '../../src/output/progress.ts';
import { terminalForTests } from '../helpers/terminal.ts';

function progressForTests(total?: number, tty = true) {
  let time = 0;
  const terminal = terminalForTests({ tty });
  const progress = progressOf(terminal, 'reading', total, () => time);
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
