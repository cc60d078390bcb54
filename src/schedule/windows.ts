import { readCron } from './cron.ts';

/** What a request says of when a secret is rotated. */
export interface RotationRules {
  AutomaticallyAfterDays?: number;
  Duration?: string;
  ScheduleExpression?: string;
}

/** When windows for a rotation open. Times are milliseconds since 1970. */
interface Schedule {
  /** When the first window after this time opens; undefined: none ever does. */
  opensAfter(time: number): number | undefined;
  /** Hours that a window stays open when the rules name no `Duration`. */
  readonly hours: number;
  /** Hours after which the day ends, or the next window opens. */
  readonly mostHours: number;
}

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const fewestHours = 4;
const mostDays = 999;
/** The 29th of February may be eight years away. */
const longestWait = 8 * 366;

/** Whether rules hold together: `no-schedule` is one that is not understood, `window` one that does not fit. */
export function faultOf(rules: RotationRules): 'two-schedules' | 'no-schedule' | 'window' | undefined {
  const { AutomaticallyAfterDays: days, ScheduleExpression: expression, Duration } = rules;
  if (days !== undefined && expression !== undefined) return 'two-schedules';
  const schedule = scheduleOf(rules);
  if (expression !== undefined && schedule?.opensAfter(0) === undefined) return 'no-schedule';
  const hours = Duration === undefined ? 1 : Number.parseInt(Duration, 10);
  return hours < 1 || hours > (schedule?.mostHours ?? 24) ? 'window' : undefined;
}

/** When the window in which the next rotation is due opens, and its last second. */
export function nextWindow(rules: RotationRules, since: number): { opens: number; closes: number } | undefined {
  const schedule = scheduleOf(rules);
  const opens = schedule?.opensAfter(since);
  if (!schedule || opens === undefined) return undefined;
  const hours = rules.Duration === undefined ? schedule.hours : Number.parseInt(rules.Duration, 10);
  return { opens, closes: opens + hours * hour - 1000 };
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html */
function scheduleOf({ AutomaticallyAfterDays, ScheduleExpression: expression }: RotationRules): Schedule | undefined {
  if (expression === undefined) return AutomaticallyAfterDays ? everyDays(AutomaticallyAfterDays) : undefined;
  const [, count, unit] = /^rate\((\d+) (hour|day)s?\)$/.exec(expression) ?? [];
  if (count === undefined) return byCron(expression);
  return unit === 'hour' ? everyHours(Number(count)) : rateInDays(Number(count));
}

const rateInDays = (days: number) => (days < 1 || days > mostDays ? undefined : everyDays(days));

/** From a midnight to the next. */
const everyDays = (days: number): Schedule => ({
  opensAfter: (time) => startOfDay(time) + days * day,
  hours: 24,
  mostHours: 24,
});

/** Counted from midnight. */
function everyHours(hours: number): Schedule | undefined {
  if (hours < fewestHours || hours > mostDays * 24) return undefined;
  const step = hours * hour;
  return {
    opensAfter: (time) => startOfDay(time) + (Math.floor((time - startOfDay(time)) / step) + 1) * step,
    hours: 1,
    mostHours: Math.min(hours, 24),
  };
}

function byCron(expression: string): Schedule | undefined {
  const cron = readCron(expression);
  if (!cron) return undefined;
  const gaps = cron.hours.slice(1).map((opens, index) => opens - cron.hours[index]!);
  if (gaps.some((gap) => gap < fewestHours)) return undefined;
  const untilMidnight = 24 - cron.hours.at(-1)!;
  const isDaily = gaps.length === 0;
  return {
    opensAfter: (time) => {
      for (let ahead = 0; ahead < longestWait; ahead += 1) {
        const date = startOfDay(time) + ahead * day;
        const opens = cron.hours.map((at) => date + at * hour).find((at) => at > time);
        if (opens !== undefined && cron.opensOn(new Date(date))) return opens;
      }
      return undefined;
    },
    hours: isDaily ? untilMidnight : 1,
    mostHours: Math.min(untilMidnight, ...gaps),
  };
}

const startOfDay = (time: number) => new Date(time).setUTCHours(0, 0, 0, 0);
