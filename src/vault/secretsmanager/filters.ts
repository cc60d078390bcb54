import { enumeration, list, required, string, structure } from '../shape.ts';
import type { SecretRow } from './rows.ts';
import { tagsOf } from './tags.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Filter.html */
export const filters = list(
  structure({
    Key: required(
      enumeration('description', 'name', 'tag-key', 'tag-value', 'primary-region', 'owning-service', 'all'),
    ),
    Values: required(list(string({ max: 512, pattern: '!?[a-zA-Z0-9 :_@/+=.\\-!]*' }), { min: 1, max: 10 })),
  }),
  { max: 10 },
);

type Key = 'description' | 'name' | 'tag-key' | 'tag-value' | 'primary-region' | 'owning-service' | 'all';

export interface Filter {
  readonly Key: Key;
  readonly Values: readonly string[];
}

/** Whether every filter matches; a filter does when one of its values does. `!` in front of a value turns it round. */
export const matches = (secret: SecretRow, filters: readonly Filter[]): boolean =>
  filters.every(({ Key, Values }) =>
    Values.some((value) => (value.startsWith('!') ? !tests[Key](secret, value.slice(1)) : tests[Key](secret, value))),
  );

const lower = (text: string) => text.toLowerCase();

/** Prefixes, and case counts, except where said otherwise. No other service owns a secret here. */
const tests: Record<Key, (secret: SecretRow, value: string) => boolean> = {
  name: ({ name }, value) => name.startsWith(value),
  description: ({ description }, value) => description !== null && lower(description).startsWith(lower(value)),
  'tag-key': (secret, value) => tagsOf(secret).some(({ Key }) => Key.startsWith(value)),
  'tag-value': (secret, value) => tagsOf(secret).some(({ Value = '' }) => Value.startsWith(value)),
  'primary-region': ({ primary_region }, value) => primary_region?.startsWith(value) ?? false,
  'owning-service': () => false,
  all: (secret, value) => {
    const words = wordsOf(textOf(secret));
    return wordsOf(value).every((wanted) => words.some((word) => word.startsWith(wanted)));
  },
};

const textOf = (secret: SecretRow) =>
  [secret.name, secret.description ?? '', ...tagsOf(secret).flatMap(({ Key, Value = '' }) => [Key, Value])].join(' ');

const wordsOf = (text: string) =>
  lower(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
