import { expect, it } from 'vitest';
import { Aging } from '../../../src/envelope/keyrings/aging.ts';

function setUp() {
  const time = { now: 0 };
  return { time, aging: new Aging<object>(10, () => time.now) };
}

it('forgets what is too old', () => {
  const { time, aging } = setUp();
  const value = {};
  aging.set('a', value);
  time.now = 9999;
  expect(aging.get('a')).toBe(value);
  time.now = 10_000;
  expect(aging.get('a')).toBeUndefined();
});

it('forgets the oldest of more than a thousand', () => {
  const { aging } = setUp();
  for (let number = 0; number < 1000; number++) aging.set(`${number}`, {});
  aging.set('0', {});
  aging.set('more', {});
  expect(aging.get('0')).toBeDefined();
  expect(aging.get('1')).toBeUndefined();
  expect(aging.get('2')).toBeDefined();
});

it('forgets only what it is told', () => {
  const { aging } = setUp();
  const [first, second] = [{}, {}];
  aging.set('a', first);
  aging.set('a', second);
  aging.forget('a', first);
  expect(aging.get('a')).toBe(second);
  aging.forget('a', second);
  expect(aging.get('a')).toBeUndefined();
});
