import type { Command } from 'commander';
import type { ParameterInlinePolicy } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import { readExpires } from '../expires.ts';

export interface PolicyOptions {
  expires?: Date;
  notifyBefore?: Period;
  notifyUnchanged?: Period;
}

interface Period {
  count: string;
  unit: 'Days' | 'Hours';
}

/** Adds what Parameter Store does by the clock; it takes the Advanced tier. */
export const addPolicyOptions = (command: Command): Command =>
  command
    .option('--expires <date>', 'delete it then, like 2027-01-31 or 2027-01-31T12:00:00Z', readExpires)
    .option('--notify-before <period>', 'tell EventBridge so long before that, like 15d or 12h', readPeriod)
    .option('--notify-unchanged <period>', 'tell EventBridge when nobody has changed it for so long', readPeriod);

function readPeriod(text: string): Period {
  const [, count, unit] = /^([1-9]\d{0,3})([dh])$/.exec(text) ?? [];
  if (count) return { count, unit: unit === 'd' ? 'Days' : 'Hours' };
  throw new UserError('usage', `expected a period, like 15d or 12h, got "${text}"`);
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policies.html; undefined where none is asked for. */
export function policiesOf({ expires, notifyBefore, notifyUnchanged }: PolicyOptions): string | undefined {
  const policy = (Type: string, Attributes: object) => ({ Type, Version: '1.0', Attributes });
  const policies = [
    ...(expires ? [policy('Expiration', { Timestamp: expires.toISOString() })] : []),
    ...(notifyBefore
      ? [policy('ExpirationNotification', { Before: notifyBefore.count, Unit: notifyBefore.unit })]
      : []),
    ...(notifyUnchanged
      ? [policy('NoChangeNotification', { After: notifyUnchanged.count, Unit: notifyUnchanged.unit })]
      : []),
  ];
  return policies.length > 0 ? JSON.stringify(policies) : undefined;
}

/** Policies of a parameter, as PutParameter takes them. */
export const policiesText = (policies: readonly ParameterInlinePolicy[] = []): string | undefined =>
  policies.length > 0 ? JSON.stringify(policies.map(({ PolicyText }) => JSON.parse(PolicyText!))) : undefined;

/** The same without an expiry that has passed, which PutParameter refuses, and the notice before it. */
export function policiesAhead(policies: readonly ParameterInlinePolicy[] = [], now: Date): string | undefined {
  const expiry = policies.find(({ PolicyType }) => PolicyType === 'Expiration');
  const hasPassed = expiry && new Date(JSON.parse(expiry.PolicyText!).Attributes.Timestamp) <= now;
  return policiesText(
    hasPassed ? policies.filter(({ PolicyType }) => !PolicyType!.startsWith('Expiration')) : policies,
  );
}
