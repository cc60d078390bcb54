import { expect, test } from 'vitest';
import { decodeSchedule, encodeSchedule, type Schedule, standingOf } from '../../src/rotation/schedule.ts';

const since = new Date('2026-03-01T10:30:00.000Z');
/** What both Secrets Manager and the other services take in the value of a tag. */
const taggable = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u;

test.each<[Schedule, string]>([
  [{ rules: { AutomaticallyAfterDays: 30 }, since }, 'rate 30 days since 2026-03-01T10:30Z'],
  [
    { rules: { ScheduleExpression: 'rate(12 hours)', Duration: '3h' }, since, rotator: 'password', key: 'pepper' },
    'rate 12 hours window 3h since 2026-03-01T10:30Z by password key pepper',
  ],
  [
    { rules: { ScheduleExpression: 'cron(0 8,16 ? 1/3 2#1 *)' }, since },
    'cron 0 8.16 _ 1/3 2+1 @ since 2026-03-01T10:30Z',
  ],
  [
    { rules: { ScheduleExpression: 'cron(0 8 ? * MON-FRI *)' }, since },
    'cron 0 8 _ @ MON-FRI @ since 2026-03-01T10:30Z',
  ],
])('%j is kept in a tag', (schedule, tag) => {
  expect(encodeSchedule(schedule)).toBe(tag);
  expect(tag).toMatch(taggable);
  const { AutomaticallyAfterDays: days } = schedule.rules;
  const rules = days ? { ScheduleExpression: `rate(${days} days)` } : schedule.rules;
  expect(decodeSchedule(tag)).toEqual({ ...schedule, rules });
});

test.each([
  '',
  'yes',
  'rate 30 days',
  'rate 0 days since 2026-03-01T10:30Z',
  'rate 30 days since 2026-13-01T10:30Z',
  'rate 30 days window 25h since 2026-03-01T10:30Z',
  'cron 0 8 @ @ @ @ since 2026-03-01T10:30Z',
  'rate 30 days since 2026-03-01T10:30Z by $(id)',
])('"%s" is no schedule', (tag) => {
  expect(decodeSchedule(tag)).toBeUndefined();
});

const monthly: Schedule = { rules: { AutomaticallyAfterDays: 30 }, since };
const at = (time: string) => new Date(`${time}:00.000Z`);

test.each([
  ['before its window', '2026-03-30T23:59', undefined, { isDue: false, isOverdue: false }],
  ['in its window', '2026-03-31T00:00', undefined, { isDue: true, isOverdue: false }],
  ['behind its window', '2026-04-01T00:00', undefined, { isDue: true, isOverdue: true }],
  ['after a value put by hand', '2026-04-01T00:00', '2026-03-20T08:00', { isDue: false, isOverdue: false }],
  ['with a value older than the schedule', '2026-03-02T00:00', '2020-01-01T00:00', { isDue: false, isOverdue: false }],
])('%s', (_, now, current, standing) => {
  expect(standingOf(monthly, current ? at(current) : undefined, at(now))).toMatchObject(standing);
});
