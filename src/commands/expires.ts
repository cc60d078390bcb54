import { UserError } from '../errors.ts';

/** What `--expires` is given: a day, or a moment of it, as ISO 8601 has it. Throws code `usage` for what is none. */
export function readExpires(text: string): Date {
  const [, day] = /^(\d{4}-\d\d-\d\d)(?:T|$)/.exec(text) ?? [];
  const date = new Date(text);
  if (day && isDay(day) && !Number.isNaN(date.getTime())) return date;
  throw new UserError('usage', `--expires expects a date, like 2027-01-31, got "${text}"`);
}

/** Date takes February 30th, too, for a day in March. */
const isDay = (day: string) => {
  const date = new Date(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
};
