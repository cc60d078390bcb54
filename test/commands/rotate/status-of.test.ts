import { describe, expect, it } from 'vitest';
import { hasRotation, statusOf } from '../../../src/commands/rotate/status-of.ts';

const now = new Date('2026-11-26T12:00:00Z');
const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(32)) as [string, string, string];
const secret = { ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf', Name: 'db' };
const stages = (SecretVersionsToStages: Record<string, string[]>) => ({ ...secret, SecretVersionsToStages });
const mark = (from: string, kind = 'rotate') => `latchkey-${kind}-from-${from}-0123abcd`;

describe('statusOf', () => {
  it.each([
    ['ok', stages({ [one]: ['AWSCURRENT'] }), undefined],
    ['ok', stages({ [one]: ['AWSCURRENT', 'AWSPENDING'] }), undefined],
    ['no value', stages({}), /no current version/],
    ['running or cut off', stages({ [one]: ['AWSCURRENT'], [two]: ['AWSPENDING'] }), /is pending; to end it/],
    [
      'running or cut off',
      stages({ [one]: ['AWSCURRENT'], [two]: ['AWSPENDING', mark(one, 'rollback')] }),
      /by a rollback/,
    ],
    ['overtaken', stages({ [three]: ['AWSCURRENT'], [two]: ['AWSPENDING', mark(one)] }), /has moved since/],
    ['to be tidied', stages({ [two]: ['AWSCURRENT', mark(one)], [one]: ['AWSPREVIOUS'] }), /labels are left/],
  ])('%s', (State, described, why) => {
    const status = statusOf(described, now);
    expect(status.State).toBe(State);
    if (why) expect(status.Why).toMatch(why);
    else expect(status.Why).toBeUndefined();
  });

  it('overdue, once its day has passed, and while rotation is on', () => {
    const due = {
      ...stages({ [one]: ['AWSCURRENT'] }),
      RotationEnabled: true,
      RotationRules: { AutomaticallyAfterDays: 30 },
      NextRotationDate: new Date('2026-11-25T23:59:59Z'),
    };
    expect(statusOf(due, now)).toMatchObject({ State: 'overdue', Schedule: 'rate(30 days)' });
    expect(statusOf({ ...due, NextRotationDate: new Date('2026-11-27') }, now).State).toBe('ok');
    expect(statusOf({ ...due, RotationEnabled: false }, now).State).toBe('ok');
  });
});

describe('hasRotation', () => {
  it('is so where it was set up, has been, or is stuck', () => {
    const plain = stages({ [one]: ['AWSCURRENT'] });
    expect(hasRotation(plain)).toBe(false);
    expect(hasRotation({ ...plain, RotationEnabled: false })).toBe(true);
    expect(hasRotation({ ...plain, LastRotatedDate: now })).toBe(true);
    expect(hasRotation(stages({ [one]: ['AWSCURRENT'], [two]: ['AWSPENDING'] }))).toBe(true);
  });
});
