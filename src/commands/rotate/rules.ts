import { UserError } from '../../errors.ts';
import { faultOf, type RotationRules } from '../../schedule/windows.ts';

export interface RuleOptions {
  /** `30d` or `12h` */
  every?: string;
  rate?: string;
  cron?: string;
  window?: string;
}

/** The rules that `--every`, `--rate` or `--cron` and `--window` name. Throws code `usage` for what is no schedule. */
export function readRules(wanted: RuleOptions): RotationRules {
  const rules = { ...frequencyOf(wanted), ...(wanted.window !== undefined && { Duration: readWindow(wanted.window) }) };
  const fault = faultOf(rules);
  if (!fault) return rules;
  throw new UserError('usage', faults[fault], { hints: hints[fault] });
}

const faults = {
  'two-schedules': 'there are two schedules, and a secret has one',
  'no-schedule': 'that is no schedule on which a secret is rotated',
  window: 'the window is longer than its day, or than the time to the next',
};

const examples = ['for every 30 days: --every 30d', 'for the 1st of a month at 4:00 UTC: --cron "0 4 1 * ? *"'];
const hints = {
  'two-schedules': examples,
  'no-schedule': ['a secret is rotated every 4 hours at most, on the hour, in UTC', ...examples],
  window: ['name a shorter one, in hours: --window 2h'],
};

function frequencyOf({ every, rate, cron }: RuleOptions): RotationRules {
  const given = [every, rate, cron].filter((one) => one !== undefined);
  if (given.length > 1) throw new UserError('usage', faults['two-schedules'], { hints: examples });
  if (every !== undefined) return everyRules(every);
  if (rate !== undefined) return { ScheduleExpression: wrapped('rate', rate) };
  if (cron !== undefined) return { ScheduleExpression: wrapped('cron', cron) };
  throw new UserError('usage', 'how often is it to be rotated', { hints: examples });
}

/** `30d` and `12h`. */
function everyRules(text: string): RotationRules {
  const [, count, unit] = /^(\d{1,5})([dh])$/.exec(text) ?? [];
  const number = Number(count);
  if (count === undefined) throw new UserError('usage', `expected a time like 30d or 12h, got "${text}"`);
  if (unit === 'h') return { ScheduleExpression: `rate(${number} hours)` };
  if (number >= 1 && number <= 999) return { AutomaticallyAfterDays: number };
  throw new UserError('usage', `expected 1 to 999 days, got "${text}"`);
}

/** `cron(...)`, or only what is in it. */
const wrapped = (kind: string, text: string) => (text.startsWith(`${kind}(`) ? text : `${kind}(${text})`);

function readWindow(text: string): string {
  if (/^\d{1,2}h$/.test(text)) return text;
  throw new UserError('usage', `expected a window in hours, like 3h, got "${text}"`);
}
