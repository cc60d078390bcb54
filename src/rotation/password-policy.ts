import type { PasswordRules } from './rotator.ts';

/** What a new password of one secret is made of, kept in one tag of it. */
export const policyTag = 'latchkey:password';

const flags = [
  ...(['excludePunctuation', 'excludeNumbers', 'excludeUppercase', 'excludeLowercase', 'includeSpace'] as const),
] satisfies (keyof PasswordRules)[];

/** `length=40 exclude=22.27.5c excludePunctuation`: characters by their numbers, since a tag does not take all of them. */
export function encodePolicy({
  length,
  excludeCharacters = '',
  requireEachIncludedType,
  ...rules
}: PasswordRules): string {
  const numbers = Array.from(excludeCharacters, (character) => character.codePointAt(0)!.toString(16));
  return [
    ...(length === undefined ? [] : [`length=${length}`]),
    ...(numbers.length === 0 ? [] : [`exclude=${numbers.join('.')}`]),
    ...flags.filter((flag) => rules[flag]),
    ...(requireEachIncludedType === false ? ['any'] : []),
  ].join(' ');
}

/** Undefined for a tag that holds no policy, whoever wrote it. */
export function decodePolicy(value: string): PasswordRules | undefined {
  const parts = value.split(' ').map(decodePart);
  return parts.includes(undefined) ? undefined : Object.assign({}, ...parts);
}

function decodePart(part: string): PasswordRules | undefined {
  const [name, text = ''] = part.split('=');
  if (name === 'length' && /^\d{1,4}$/.test(text)) return { length: Number(text) };
  if (name === 'exclude' && /^[0-9a-f]{1,5}(\.[0-9a-f]{1,5})*$/.test(text))
    return { excludeCharacters: charactersOf(text) };
  if (part === 'any') return { requireEachIncludedType: false };
  const flag = flags.find((one) => one === part);
  return flag && { [flag]: true };
}

const charactersOf = (numbers: string) =>
  numbers
    .split('.')
    .map((number) => String.fromCodePoint(Number.parseInt(number, 16)))
    .join('');

/** How long a password may be, by the engine that a database secret names: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const lengths: Readonly<Record<string, readonly [least: number, most: number]>> = {
  mysql: [8, 41],
  mariadb: [8, 41],
  postgres: [8, 128],
  redshift: [8, 64],
};

/** What is wrong with a length for the value's engine, in words; undefined where nothing is. */
export function lengthTrouble(value: string, length: number): string | undefined {
  const engine = engineOf(value);
  const [least, most] = (engine && lengths[engine.replace(/^aurora-/, '').replace('postgresql', 'postgres')]) || [];
  if (least === undefined || most === undefined || (length >= least && length <= most)) return undefined;
  return `"${engine}" takes passwords of ${least} to ${most} characters on AWS, not of ${length}`;
}

function engineOf(value: string): string | undefined {
  try {
    const { engine } = JSON.parse(value) as { engine?: unknown };
    return typeof engine === 'string' ? engine : undefined;
  } catch {
    return undefined;
  }
}
