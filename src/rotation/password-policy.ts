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
