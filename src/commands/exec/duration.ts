import { UserError } from '../../errors.ts';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/** What a timer of Node can wait. */
const longest = 2 ** 31 - 1;

/** `30s`, `500ms`, `5m`, or seconds without a unit, in milliseconds. Throws code `usage` for what is no time to wait. */
export function readDuration(text: string): number {
  const [, count, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  const time = Number(count) * units[unit]!;
  if (time > 0 && time <= longest) return time;
  throw new UserError('usage', `expected a time like 30s, 500ms or 5m, got "${text}"`);
}
