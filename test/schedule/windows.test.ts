import { expect, test } from 'vitest';
import { faultOf, nextWindow } from '../../src/schedule/windows.ts';

/** A Sunday, at half past ten. */
const since = Date.parse('2026-03-01T10:30:00.000Z');

test.each([
  ['rate(1 day)', '2026-03-02T00:00', '2026-03-02T23:59:59'],
  ['rate(10 days)', '2026-03-11T00:00', '2026-03-11T23:59:59'],
  ['rate(4 hours)', '2026-03-01T12:00', '2026-03-01T12:59:59'],
  ['rate(36 hours)', '2026-03-02T12:00', '2026-03-02T12:59:59'],
  ['cron(0 /8 * * ? *)', '2026-03-01T16:00', '2026-03-01T16:59:59'],
  ['cron(0 8/8 * * ? *)', '2026-03-01T16:00', '2026-03-01T16:59:59'],
  ['cron(0 2/10 * * ? *)', '2026-03-01T12:00', '2026-03-01T12:59:59'],
  ['cron(0 10 * * ? *)', '2026-03-02T10:00', '2026-03-02T23:59:59'],
  ['cron(0 11 * * ? *)', '2026-03-01T11:00', '2026-03-01T23:59:59'],
  ['cron(0 18 ? * SAT *)', '2026-03-07T18:00', '2026-03-07T23:59:59'],
  ['cron(0 8 1 * ? *)', '2026-04-01T08:00', '2026-04-01T23:59:59'],
  ['cron(0 1 ? 1/3 SUN#1 *)', '2026-04-05T01:00', '2026-04-05T23:59:59'],
  ['cron(0 17 L * ? *)', '2026-03-31T17:00', '2026-03-31T23:59:59'],
  ['cron(0 8 ? * MON-FRI *)', '2026-03-02T08:00', '2026-03-02T23:59:59'],
  ['cron(0 16 1,15 * ? *)', '2026-03-01T16:00', '2026-03-01T23:59:59'],
  ['cron(0 0 ? * 1#2 *)', '2026-03-08T00:00', '2026-03-08T23:59:59'],
  ['cron(0 0 SUNL * ? *)', '2026-03-29T00:00', '2026-03-29T23:59:59'],
  ['cron(0 0 ? * L *)', '2026-03-07T00:00', '2026-03-07T23:59:59'],
  ['cron(0 0 1 JAN,JUL ? *)', '2026-07-01T00:00', '2026-07-01T23:59:59'],
  ['cron(0 0 29 FEB ? *)', '2028-02-29T00:00', '2028-02-29T23:59:59'],
])('%s', (ScheduleExpression, opens, closes) => {
  expect(faultOf({ ScheduleExpression })).toBeUndefined();
  expect(nextWindow({ ScheduleExpression }, since)).toEqual({
    opens: Date.parse(`${opens}:00.000Z`),
    closes: Date.parse(`${closes}.000Z`),
  });
});

test('a window that opens at the very moment is the last one, not the next', () => {
  const at = Date.parse('2026-03-01T12:00:00.000Z');
  expect(nextWindow({ ScheduleExpression: 'rate(12 hours)' }, at)?.opens).toBe(Date.parse('2026-03-02T00:00:00.000Z'));
});

test.each([
  'rate(0 days)',
  'rate(1000 days)',
  'rate(3 hours)',
  'rate(4 minutes)',
  'rate(1.5 days)',
  'cron(5 8 * * ? *)',
  'cron(0 8 * * ? 2027)',
  'cron(0 8 * * ?)',
  'cron(0 24 * * ? *)',
  'cron(0 /3 * * ? *)',
  'cron(0 8,10 * * ? *)',
  'cron(0 /0 * * ? *)',
  'cron(0 8 * * * *)',
  'cron(0 8 ? * ? *)',
  'cron(0 8 32 * ? *)',
  'cron(0 8 0 * ? *)',
  'cron(0 8 30 FEB ? *)',
  'cron(0 8 1, * ? *)',
  'cron(0 8 1 13 ? *)',
  'cron(0 8 ? * SUN#6 *)',
  'cron(0 8 ? * FUN *)',
  'cron(0 8 ? * FRI-MON *)',
])('%s is no schedule', (ScheduleExpression) => {
  expect(faultOf({ ScheduleExpression })).toBe('no-schedule');
});

test.each([
  [{ AutomaticallyAfterDays: 1, Duration: '24h' }, undefined],
  [{ AutomaticallyAfterDays: 1, Duration: '25h' }, 'window'],
  [{ AutomaticallyAfterDays: 1, Duration: '0h' }, 'window'],
  [{ ScheduleExpression: 'rate(12 hours)', Duration: '12h' }, undefined],
  [{ ScheduleExpression: 'rate(12 hours)', Duration: '13h' }, 'window'],
  [{ ScheduleExpression: 'cron(0 16 * * ? *)', Duration: '8h' }, undefined],
  [{ ScheduleExpression: 'cron(0 16 * * ? *)', Duration: '9h' }, 'window'],
  [{ ScheduleExpression: 'cron(0 2/10 * * ? *)', Duration: '3h' }, 'window'],
  [{ AutomaticallyAfterDays: 1, ScheduleExpression: 'rate(1 day)' }, 'two-schedules'],
])('%j', (rules, fault) => {
  expect(faultOf(rules)).toBe(fault);
});
