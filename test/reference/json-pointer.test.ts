import { describe, expect, it } from 'vitest';
import { readKey, readKeys, removeKey, setKey } from '../../src/reference/json-pointer.ts';

const json =
  '{"user":"a\\u00e9\\n","n":12345678901234567890,"f":1.0,"nested":{"a/b":[true,{"deep":"x"}]},"none":null,"":"empty"}';

describe('readKey', () => {
  it.each([
    ['user', 'aé\n'],
    ['n', '12345678901234567890'],
    ['f', '1.0'],
    ['nested/a~1b/0', 'true'],
    ['nested/a~1b/1/deep', 'x'],
    ['nested', '{"a/b":[true,{"deep":"x"}]}'],
    ['none', 'null'],
    ['', 'empty'],
  ])('%s', (key, expected) => {
    expect(readKey(json, { key })).toBe(expected);
  });

  it('names the keys there are, and no value', () => {
    const error = catchError(() => readKey('{"a":"s3cret","b":2}', { key: 'c' }));
    expect(error).toMatchObject({ code: 'not-found', message: 'there is no key "c"', hints: ['there is "a", "b"'] });
    expect(JSON.stringify([error.message, error.hints])).not.toContain('s3cret');
  });

  it.each([
    ['plain text', 'usage'],
    ['{"a":', 'usage'],
  ])('refuses what is not JSON without showing it: %s', (text, code) => {
    const error = catchError(() => readKey(text, { key: 'a' }));
    expect(error.code).toBe(code);
    expect(error.message).not.toContain(text);
  });

  it('takes the last of two members of one name, as JSON.parse does', () => {
    expect(readKey('{"a":1,"a":2}', { key: 'a' })).toBe('2');
  });

  it('finds nothing that an object merely inherits', () => {
    for (const key of ['__proto__', 'constructor', 'toString']) {
      expect(catchError(() => readKey('{}', { key })).code).toBe('not-found');
    }
    expect(readKey('{"__proto__":"own"}', { key: '__proto__' })).toBe('own');
  });
});

describe('setKey', () => {
  it.each([
    ['{"a":1,"b":2}', 'a', '9', '{"a":9,"b":2}'],
    ['{ "a" : 1.0 , "b" : 12345678901234567890 }', 'a', '"x"', '{ "a" : "x" , "b" : 12345678901234567890 }'],
    ['{"a":{"b":[1,2]}}', 'a/b/1', 'null', '{"a":{"b":[1,null]}}'],
    ['{"a":1}', 'b', '"new"', '{"a":1,"b":"new"}'],
    ['{}', 'b', '1', '{"b":1}'],
    ['{\n  "a": 1,\n  "b": 2\n}', 'c', '3', '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}'],
    ['{"a": 1, "b": 2}', 'c', '3', '{"a": 1, "b": 2, "c": 3}'],
    ['[1,2]', '2', '3', '[1,2,3]'],
    ['[1,2]', '-', '3', '[1,2,3]'],
    ['{"a~b":{"c/d":1}}', 'a~0b/c~1d', '2', '{"a~b":{"c/d":2}}'],
    [' {"a":"}\\"{"} ', 'a', '1', ' {"a":1} '],
  ])('%s, %s = %s', (before, key, value, after) => {
    expect(setKey(before, key, value)).toBe(after);
  });

  it('agrees with JSON.parse on texts made at random', () => {
    for (let round = 0; round < 300; round += 1) {
      const value = { ...randomObject(3), chosen: randomValue(2) };
      const text = JSON.stringify(value, null, [0, 1, 2, '\t'][round % 4]);
      const next = randomValue(2);
      const changed = setKey(text, 'chosen', JSON.stringify(next));
      expect(JSON.parse(changed)).toEqual({ ...value, chosen: next });
      expect(JSON.parse(setKey(text, 'added', '1'))).toEqual({ ...value, added: 1 });
    }
  });

  it.each([
    ['{"a":1}', 'a/b'],
    ['[1]', '5'],
    ['[1]', 'x'],
    ['{"a":1}', 'x/y'],
    ['"text"', 'a'],
  ])('refuses %s, %s', (before, key) => {
    expect(catchError(() => setKey(before, key, '1')).name).toBe('UserError');
  });
});

describe('readKeys', () => {
  it('gives names and values in order', () => {
    expect(readKeys('{"b":"x","a":1.0,"c":{"d":1}}')).toEqual([
      ['b', 'x'],
      ['a', '1.0'],
      ['c', '{"d":1}'],
    ]);
  });

  it.each(['[1]', '"a"', '1', 'text'])('refuses %s', (text) => {
    expect(catchError(() => readKeys(text)).code).toBe('usage');
  });
});

function catchError(work: () => unknown) {
  try {
    work();
  } catch (error) {
    return error as Error & { code: string; hints: string[] };
  }
  throw new Error('nothing was thrown');
}

const pick = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)]!;

function randomValue(depth: number): unknown {
  const leaf = () => pick(['', 'é\n"\\', '}{][', 0, -1.5e3, true, null, '\u2028', '🗝️']);
  if (depth === 0) return leaf();
  return pick([leaf, () => randomObject(depth - 1), () => [randomValue(depth - 1), leaf()], () => []])();
}

function randomObject(depth: number): Record<string, unknown> {
  const names = ['a', 'b/c', 'd~e', '"', '}', ' ', 'ключ'].filter(() => Math.random() < 0.5);
  return Object.fromEntries(names.map((name) => [name, randomValue(depth)]));
}

describe('removeKey', () => {
  it.each([
    ['{"a": 1, "b": 2, "c": 3}', 'a', '{"b": 2, "c": 3}'],
    ['{"a": 1, "b": 2, "c": 3}', 'b', '{"a": 1, "c": 3}'],
    ['{"a": 1, "b": 2, "c": 3}', 'c', '{"a": 1, "b": 2}'],
    ['{\n  "a": 1,\n  "b": 2\n}\n', 'a', '{\n  "b": 2\n}\n'],
    ['{\n  "a": 1,\n  "b": 2\n}\n', 'b', '{\n  "a": 1\n}\n'],
    ['{ "a": 1 }', 'a', '{}'],
    [' {"a" : "x,y" , "b":12345678901234567890}', 'a', ' {"b":12345678901234567890}'],
    ['{"a": {"b": [1, 2, 3]}}', 'a/b/1', '{"a": {"b": [1, 3]}}'],
    ['[1, 1, 1]', '0', '[1, 1]'],
    ['{"a/b": 1, "~": 2}', 'a~1b', '{"~": 2}'],
    ['{"": 1, "b": 2}', '', '{"b": 2}'],
    ['{"a": 1, "b": 2, "a": 3}', 'a', '{"b": 2}'],
    ['{"b": 2, "a": 1, "a": 3}', 'a', '{"b": 2}'],
    ['{"a": 1, "a": 2}', 'a', '{}'],
    ['{"a": 1, "a": 3, "b": 2}', 'b', '{"a": 1, "a": 3}'],
  ])('%s without %s', (json, key, expected) => {
    expect(removeKey(json, key)).toBe(expected);
  });

  it('refuses a key that is not there, with those that are', () => {
    expect(() => removeKey('{"a": 1}', 'b')).toThrow(
      expect.objectContaining({ code: 'not-found', hints: ['there is "a"'] }),
    );
    expect(() => removeKey('text', 'b')).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
