/** The openings of a `cron()` schedule, on the hour and in UTC. */
export interface Cron {
  /** Ascending. */
  readonly hours: readonly number[];
  /** Whether windows open on the day of this date. */
  opensOn(date: Date): boolean;
}

type DayTest = (date: Date) => boolean;

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * Reads `cron(0 hours day-of-month month day-of-week *)`; undefined where Secrets Manager would not take it.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function readCron(expression: string): Cron | undefined {
  const [, hour = '', monthDay = '', month = '', weekDay = ''] =
    /^cron\(0 (\S+) (\S+) (\S+) (\S+) \*\)$/.exec(expression) ?? [];
  const hours = numbersIn(hour, 0, 23).sort((a, b) => a - b);
  const inMonths = numbersIn(month, 1, 12, months);
  const isDay = dayTest(monthDay, weekDay);
  if (hours.length === 0 || inMonths.length === 0 || !isDay) return undefined;
  return { hours, opensOn: (date) => inMonths.includes(date.getUTCMonth() + 1) && isDay(date) };
}

/** Days are said in one of the two fields, and the other is `?`. */
function dayTest(monthDay: string, weekDay: string): DayTest | undefined {
  if (weekDay === '?') return monthDayTest(monthDay);
  return monthDay === '?' ? weekDayTest(weekDay) : undefined;
}

function monthDayTest(field: string): DayTest | undefined {
  if (field === 'L') return isInLast(1);
  return lastWeekDay(field) ?? among(numbersIn(field, 1, 31), (date) => date.getUTCDate());
}

function weekDayTest(field: string): DayTest | undefined {
  const [, name, nth] = /^(\w+)#([1-5])$/.exec(field) ?? [];
  if (name === undefined) return lastWeekDay(field) ?? onWeekDays(field === 'L' ? 'SAT' : field);
  return both(onWeekDays(name), (date) => Math.ceil(date.getUTCDate() / 7) === Number(nth));
}

/** `SUNL`: the last Sunday of a month. */
function lastWeekDay(field: string): DayTest | undefined {
  const [, name] = /^(\w+)L$/.exec(field) ?? [];
  return name === undefined ? undefined : both(onWeekDays(name), isInLast(7));
}

const onWeekDays = (field: string) => among(numbersIn(field, 1, 7, weekdays), (date) => date.getUTCDay() + 1);

const among = (numbers: number[], numberOf: (date: Date) => number): DayTest | undefined =>
  numbers.length === 0 ? undefined : (date) => numbers.includes(numberOf(date));

const both = (first: DayTest | undefined, second: DayTest): DayTest | undefined =>
  first && ((date) => first(date) && second(date));

/** Whether a date is among so many last days of its month. */
const isInLast =
  (days: number): DayTest =>
  (date) =>
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate() - date.getUTCDate() < days;

/** The numbers that a field means, names counted from `min`; none where one of its parts is wrong. */
function numbersIn(field: string, min: number, max: number, names: readonly string[] = []): number[] {
  const parts = field.split(',').map((part) => {
    const [whole, every, from, to, step] = /^(?:(\*)|(\w+)(?:-(\w+))?)?(?:\/(\d+))?$/.exec(part) ?? [];
    if (!whole || Number(step) === 0) return [];
    const numberOf = (text: string) => (names.includes(text) ? names.indexOf(text) + min : Number(text));
    const first = from === undefined ? min : numberOf(from);
    const last = to === undefined ? (every || step ? max : first) : numberOf(to);
    return first < min || last > max ? [] : range(first, last, Number(step ?? 1));
  });
  return parts.some((part) => part.length === 0) ? [] : [...new Set(parts.flat())];
}

function range(first: number, last: number, step: number): number[] {
  const numbers: number[] = [];
  for (let number = first; number <= last; number += step) numbers.push(number);
  return numbers;
}
