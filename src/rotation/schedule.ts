import { faultOf, nextWindow, type RotationRules } from '../schedule/windows.ts';

/** When a secret is to be rotated, and how, where no function of AWS's does it: kept in one tag of the secret. */
export interface Schedule {
  readonly rules: RotationRules;
  /** What the first window counts from. */
  readonly since: Date;
  /** A rotator by its name; left out where the value's form says which. */
  readonly rotator?: string;
  /** Of a JSON value: the key that holds the password. */
  readonly key?: string;
}

/** One tag holds all, so that a schedule is there whole or not at all. */
export const scheduleTag = 'latchkey:rotation';

export const scheduleTagOf = ({ Tags = [] }: { Tags?: { Key?: string; Value?: string }[] }): string | undefined =>
  Tags.find(({ Key }) => Key === scheduleTag)?.Value;

/** A tag takes no `*`, `?`, `#`, `,` or parentheses, and in an expression these stand for nothing else. */
const characters: readonly [inCron: string, inTag: string][] = [
  ['*', '@'],
  ['?', '_'],
  ['#', '+'],
  [',', '.'],
];

/** `rate 30 days window 3h since 2026-11-26T22:00Z by password` */
export function encodeSchedule({ rules, since, rotator, key }: Schedule): string {
  const parts = [
    encodeExpression(expressionOf(rules)),
    ...(rules.Duration === undefined ? [] : ['window', rules.Duration]),
    ...['since', `${since.toISOString().slice(0, 16)}Z`],
    ...(rotator === undefined ? [] : ['by', rotator]),
    ...(key === undefined ? [] : ['key', key]),
  ];
  return parts.join(' ');
}

/** Undefined for a tag that holds no schedule, whoever wrote it. */
export function decodeSchedule(value: string): Schedule | undefined {
  const parts =
    /^((?:rate|cron) [\w .+@/-]+?)(?: window (\d+h))? since (\d{4}-\d\d-\d\dT\d\d:\d\dZ)(?: by ([a-z-]+))?(?: key (\S+))?$/;
  const [, expression, Duration, time, rotator, key] = parts.exec(value) ?? [];
  if (expression === undefined) return undefined;
  const rules = { ScheduleExpression: decodeExpression(expression), ...(Duration && { Duration }) };
  const since = new Date(time!);
  if (faultOf(rules) || Number.isNaN(since.getTime())) return undefined;
  return { rules, since, ...(rotator && { rotator }), ...(key && { key }) };
}

const expressionOf = ({ AutomaticallyAfterDays: days, ScheduleExpression }: RotationRules) =>
  ScheduleExpression ?? `rate(${days} days)`;

function encodeExpression(expression: string): string {
  const [, kind, inside] = /^(\w+)\((.*)\)$/.exec(expression)!;
  return `${kind} ${characters.reduce((text, [inCron, inTag]) => text.replaceAll(inCron, inTag), inside!)}`;
}

function decodeExpression(text: string): string {
  const [, kind, inside] = /^(\w+) (.*)$/.exec(text)!;
  return `${kind}(${characters.reduce((all, [inCron, inTag]) => all.replaceAll(inTag, inCron), inside!)})`;
}

/** Where a secret stands in its schedule. A new value that somebody put there by hand is as good as a rotation. */
export function standingOf({ rules, since }: Schedule, currentSince: Date | undefined, now: Date) {
  const from = Math.max(since.getTime(), currentSince?.getTime() ?? 0);
  const window = nextWindow(rules, from);
  if (!window) return { isDue: false, isOverdue: false };
  return {
    opens: new Date(window.opens),
    closes: new Date(window.closes),
    isDue: window.opens <= now.getTime(),
    isOverdue: window.closes < now.getTime(),
  };
}
