import { describe, expect, test } from 'vitest';
import { jsonParts } from '../../../src/commands/diff/json-parts.ts';

const seen = (a: string | undefined, b: string | undefined) =>
  jsonParts(a, b).map(({ path, a: one, b: other }) => [
    path.join('/'),
    one && (one.json ?? `"${one.value}"`),
    other && (other.json ?? `"${other.value}"`),
  ]);

describe('the same', () => {
  test.each([
    ['{"a":1,"b":{"c":[1,2]}}', ' { "b" : {"c":[ 1, 2 ]}, "a":1 } '],
    ['{"a":"A"}', '{"a":"\\u0041"}'],
    ['{}', '{ }'],
    ['[]', '[ ]'],
    ['{"a":{}}', '{"a":{}}'],
    ['{"a":1,"a":2}', '{"a":2}'],
  ])('%s and %s', (a, b) => expect(seen(a, b)).toEqual([]));
});

describe('different', () => {
  test.each([
    ['{"a":5432}', '{"a":"5432"}', [['a', '5432', '"5432"']]],
    ['{"a":null}', '{"a":"null"}', [['a', 'null', '"null"']]],
    // No number loses a digit: JavaScript would call these two the same.
    ['{"a":9007199254740993}', '{"a":9007199254740992}', [['a', '9007199254740993', '9007199254740992']]],
    ['{"a":{"b":1,"c":2}}', '{"a":{"b":1,"c":3}}', [['a/c', '2', '3']]],
    ['{"a":{"b":1}}', '{"a":[1]}', [['a', '{"b":1}', '[1]']]],
    ['{"a":{"b":1}}', '{"a":{}}', [['a/b', '1', undefined]]],
    [
      '{"a":{"b":{"c":1},"d":2}}',
      '{}',
      [
        ['a/b/c', '1', undefined],
        ['a/d', '2', undefined],
      ],
    ],
    ['{}', '{"a":{}}', [['a', undefined, '{}']]],
    ['{"a":[{"b":1},2]}', '{"a":[{"b":3},2]}', [['a/0/b', '1', '3']]],
    // An item more would move all behind it.
    ['{"a":[1,2]}', '{"a":[0,1,2]}', [['a', '[1,2]', '[0,1,2]']]],
    ['{"__proto__":1}', '{"__proto__":2}', [['__proto__', '1', '2']]],
  ] as [string, string, unknown[]][])('%s and %s', (a, b, parts) => expect(seen(a, b)).toEqual(parts));

  test('all leaves of one, where there is no other', () => {
    expect(seen('{"a":{"b":1},"c":[1]}', undefined)).toEqual([
      ['a/b', '1', undefined],
      ['c', '[1]', undefined],
    ]);
    expect(seen(undefined, '5')).toEqual([['', undefined, '5']]);
  });
});
