import { randomInt } from 'node:crypto';
import { ApiError } from '../errors.ts';
import { reading } from '../operation.ts';
import { boolean, integer, string } from '../shape.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
export const getRandomPassword = reading(
  {
    PasswordLength: integer({ min: 1, max: 4096 }),
    ExcludeCharacters: string({ max: 4096 }),
    ExcludeNumbers: boolean(),
    ExcludePunctuation: boolean(),
    ExcludeUppercase: boolean(),
    ExcludeLowercase: boolean(),
    IncludeSpace: boolean(),
    RequireEachIncludedType: boolean(),
  },
  (_call, { PasswordLength = 32, RequireEachIncludedType = true, IncludeSpace = false, ...rules }) => {
    const types = typesOf(rules);
    const required = RequireEachIncludedType ? types : [];
    const space = IncludeSpace ? without(rules.ExcludeCharacters, ' ') : '';
    const all = types.join('') + space;
    if (required.includes('')) throw refused('All characters of the desired type have been excluded.');
    if (all === '') throw refused('All characters have been excluded from selection.');
    if (required.length > PasswordLength) {
      throw refused('Password length is too short based on the required types.');
    }
    const rest = Array.from({ length: PasswordLength - required.length }, () => anyOf(all));
    return { RandomPassword: shuffled([...required.map(anyOf), ...rest]).join('') };
  },
);

interface Rules {
  ExcludeCharacters?: string;
  ExcludeNumbers?: boolean;
  ExcludePunctuation?: boolean;
  ExcludeUppercase?: boolean;
  ExcludeLowercase?: boolean;
}

const lowercase = 'abcdefghijklmnopqrstuvwxyz';

/** The types of characters that are included, each without those excluded one by one. A space is of no type. */
function typesOf({ ExcludeCharacters, ...rules }: Rules): string[] {
  const included = [
    rules.ExcludeLowercase ? [] : lowercase,
    rules.ExcludeUppercase ? [] : lowercase.toUpperCase(),
    rules.ExcludeNumbers ? [] : '0123456789',
    rules.ExcludePunctuation ? [] : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  ];
  return included.flat().map((type) => without(ExcludeCharacters, type));
}

const without = (excluded = '', characters: string): string =>
  [...characters].filter((one) => !excluded.includes(one)).join('');

const anyOf = (characters: string): string => characters[randomInt(characters.length)]!;

/** Fisher and Yates: every order is as likely as any other. */
function shuffled<T>(items: T[]): T[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
  return items;
}

const refused = (message: string) => new ApiError('InvalidParameterException', message);
