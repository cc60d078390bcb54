import { describe, expect, test } from 'vitest';
import {
  blob,
  boolean,
  enumeration,
  fromNative,
  fromWire,
  integer,
  list,
  map,
  required,
  type Shape,
  string,
  structure,
  timestamp,
  toWire,
  validate,
} from '../../src/vault/shape.ts';

const request = (members: Record<string, Shape<unknown>>) => structure(members) as Shape<unknown>;

/** `Type: message` of what `work` throws. */
function refusal(work: () => unknown): string {
  try {
    work();
    return 'no error';
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

const check = (members: Record<string, Shape<unknown>>, input: object) =>
  refusal(() => validate(request(members), input));
const one = (text: string) => `ValidationException: 1 validation error detected: ${text}`;
const broken = (where: string, constraint: string) => one(`Value ${where} failed to satisfy constraint: ${constraint}`);
const length = (than: string) => `Member must have length ${than}`;

describe('what AWS says of a value', () => {
  const tag = structure({ Key: required(string({ max: 3 })) });

  test.each<[string, Shape<unknown>, unknown, string]>([
    [
      'missing',
      required(string()),
      undefined,
      one("Value null at 'name' failed to satisfy constraint: Member must not be null"),
    ],
    [
      'null',
      required(string()),
      null,
      one("Value null at 'name' failed to satisfy constraint: Member must not be null"),
    ],
    ['left out', string({ min: 1 }), undefined, 'no error'],
    ['too short', string({ min: 2, max: 3 }), 'a', broken("'a' at 'name'", length('greater than or equal to 2'))],
    ['just long enough', string({ min: 2, max: 3 }), 'ab', 'no error'],
    ['just short enough', string({ min: 2, max: 3 }), 'abc', 'no error'],
    ['too long', string({ min: 2, max: 3 }), 'abcd', broken("'abcd' at 'name'", length('less than or equal to 3'))],
    ['long in UTF-16', string({ max: 3 }), '🔑🔑', broken("'🔑🔑' at 'name'", length('less than or equal to 3'))],
    ['secret', string({ max: 1, sensitive: true }), 'pw', broken("at 'name'", length('less than or equal to 1'))],
    [
      'too small',
      integer({ min: 1, max: 2 }),
      0,
      broken("'0' at 'name'", 'Member must have value greater than or equal to 1'),
    ],
    ['small enough', integer({ min: 1, max: 2 }), 1, 'no error'],
    [
      'too big',
      integer({ min: 1, max: 2 }),
      3,
      broken("'3' at 'name'", 'Member must have value less than or equal to 2'),
    ],
    ['of no kind', enumeration('B', 'A'), 'C', broken("'C' at 'name'", 'Member must satisfy enum value set: [B, A]')],
    [
      'of another pattern',
      string({ pattern: '[a-z]+' }),
      'aB',
      broken("'aB' at 'name'", 'Member must satisfy regular expression pattern: [a-z]+'),
    ],
    [
      'with a line behind',
      string({ pattern: '[a-z]+' }),
      'a\n',
      broken("'a\n' at 'name'", 'Member must satisfy regular expression pattern: [a-z]+'),
    ],
    ['too many bytes', blob({ max: 1 }), Buffer.from('pw'), broken("at 'name'", length('less than or equal to 1'))],
    [
      'too many items',
      list(string(), { max: 1 }),
      ['a', 'b'],
      broken("'[a, b]' at 'name'", length('less than or equal to 1')),
    ],
    [
      'with a wrong item',
      list(string({ max: 1 })),
      ['a', 'bb'],
      broken("'bb' at 'name.2.member'", length('less than or equal to 1')),
    ],
    [
      'with a wrong member',
      list(tag),
      [{ Key: 'a' }, { Key: 'long' }],
      broken("'long' at 'name.2.member.key'", length('less than or equal to 3')),
    ],
    [
      'with a missing member',
      list(tag),
      [{}],
      one("Value null at 'name.1.member.key' failed to satisfy constraint: Member must not be null"),
    ],
    [
      'with a wrong entry',
      map(string(), string({ max: 1 })),
      { a: 'bb' },
      broken("'bb' at 'name.a.value'", length('less than or equal to 1')),
    ],
    [
      'with a wrong key',
      map(string({ max: 1 }), string()),
      { aa: 'b' },
      broken("'aa' at 'name.aa.key'", length('less than or equal to 1')),
    ],
  ])('%s', (_case, shape, value, expected) => {
    expect(check({ Name: shape }, { Name: value })).toBe(expected);
  });

  test('every broken rule, in one message', () => {
    const members = {
      Name: required(string()),
      Limit: integer({ max: 1 }),
      Kind: string({ max: 1, pattern: '[a-z]*' }),
    };
    expect(check(members, { Limit: 2, Kind: 'AB' })).toBe(
      "ValidationException: 4 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must not be null; Value '2' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 1; Value 'AB' at 'kind' failed to satisfy constraint: Member must have length less than or equal to 1; Value 'AB' at 'kind' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]*",
    );
  });
});

describe('values from outside', () => {
  const all = request({
    Text: string(),
    Count: integer(),
    Flag: boolean(),
    At: timestamp(),
    Bytes: blob(),
    Items: list(structure({ Bytes: blob() })),
    Pairs: map(string(), timestamp()),
  });
  const at = new Date(1_700_000_000_250);
  const native = {
    Text: 'a',
    Count: 1,
    Flag: false,
    At: at,
    Bytes: Buffer.from('a~?'),
    Items: [{ Bytes: Buffer.alloc(0) }],
    Pairs: { a: at },
  };
  const wire = {
    Text: 'a',
    Count: 1,
    Flag: false,
    At: 1_700_000_000.25,
    Bytes: 'YX4/',
    Items: [{ Bytes: '' }],
    Pairs: { a: 1_700_000_000.25 },
  };

  test('wire JSON and native values are the same thing', () => {
    expect(fromWire(all, wire)).toEqual(native);
    expect(fromNative(all, native)).toEqual(native);
    expect(toWire(native)).toEqual(wire);
    expect(toWire({ a: undefined, b: [{ c: undefined }], d: null })).toEqual({ b: [{}], d: null });
  });

  test.each([
    ['Text', 1, 'NUMBER_VALUE cannot be converted to String'],
    ['Text', true, 'TRUE_VALUE cannot be converted to String'],
    ['Text', 1.5, 'DECIMAL_VALUE cannot be converted to String'],
    ['Text', ['a'], 'Unrecognized collection type class java.lang.String'],
    ['Text', {}, 'Start of structure or map found where not expected'],
    ['Count', '1', 'STRING_VALUE cannot be converted to Integer'],
    ['Flag', 'true', 'Unexpected token received from parser'],
    ['Flag', 1, 'NUMBER_VALUE cannot be converted to Boolean'],
    ['At', '2026-01-01', 'STRING_VALUE cannot be converted to Date'],
    ['Items', {}, 'Start of structure or map found where not expected'],
    ['Items', ['a'], 'Unexpected field type'],
    ['Items', [[]], 'Unrecognized collection type class java.lang.Object'],
    ['Pairs', [], 'Unrecognized collection type class java.util.Map'],
    ['Pairs', { a: 'b' }, 'STRING_VALUE cannot be converted to Date'],
    ['Bytes', 7, 'only base-64-encoded strings are convertible to bytes'],
  ])('%s as %o is refused', (name, value, message) => {
    expect(refusal(() => fromWire(all, { [name]: value }))).toBe(`SerializationException: ${message}`);
    expect(refusal(() => fromNative(all, { [name]: value }))).toBe(`SerializationException: ${message}`);
  });

  test.each(['a', 'YX4-', 'YX4/!', 'Y X4', 'YX5='])('%j is not base64', (text) => {
    expect(refusal(() => fromWire(all, { Bytes: text }))).toBe(
      'SerializationException: only base-64-encoded strings are convertible to bytes',
    );
  });

  test('bytes and dates come as such from inside, as text and number from the wire', () => {
    expect(refusal(() => fromNative(all, { Bytes: 'YX4/' }))).toMatch('SerializationException');
    expect(refusal(() => fromNative(all, { At: 1 }))).toMatch('SerializationException');
    expect(refusal(() => fromNative(all, { At: new Date(Number.NaN) }))).toMatch('SerializationException');
    expect(refusal(() => fromWire(all, { At: 1e300 }))).toMatch('SerializationException');
  });

  test.each([null, undefined])('a member that is %s is left out', (value) => {
    expect(fromWire(all, { Text: value, Items: value, Pairs: value })).toEqual({});
    expect(fromNative(all, { Text: value })).not.toHaveProperty('Text');
  });

  test.each([null, undefined])('an item that is %s is a missing one', (value) => {
    const shape = request({ Names: list(string()) });
    expect(refusal(() => validate(shape, fromWire(shape, { Names: ['a', value] })))).toBe(
      one("Value null at 'names.2.member' failed to satisfy constraint: Member must not be null"),
    );
  });

  test('what is not a request at all', () => {
    for (const input of ['text', 1, [], true]) {
      expect(refusal(() => fromWire(all, input))).toMatch(/^SerializationException: /);
    }
  });

  test('unknown members are dropped', () => {
    expect(fromWire(all, { Text: 'a', Unknown: 1, toString: 'b' })).toEqual({ Text: 'a' });
  });

  test('a member named __proto__ is data in a map, and nothing in a structure', () => {
    const hostile = JSON.parse('{"Text": "a", "__proto__": {"Text": "b", "Flag": true}}');
    expect(fromWire(all, hostile)).toEqual({ Text: 'a' });
    const shape = request({ Pairs: map(string({ max: 3 }), string()) });
    const { Pairs } = fromWire(shape, JSON.parse('{"Pairs": {"__proto__": "x"}}')) as { Pairs: object };
    expect(Object.entries(Pairs)).toEqual([['__proto__', 'x']]);
    expect(Object.getPrototypeOf(Pairs)).toBe(Object.prototype);
    expect(toWire({ Pairs })).toEqual(JSON.parse('{"Pairs": {"__proto__": "x"}}'));
    expect(refusal(() => validate(shape, { Pairs }))).toBe(
      broken("'__proto__' at 'pairs.__proto__.key'", length('less than or equal to 3')),
    );
  });
});
