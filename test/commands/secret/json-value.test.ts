import { expect, it } from 'vitest';
import { asJson } from '../../../src/commands/secret/json-value.ts';

it.each([
  ['a string stays one, whatever it looks like', '42', '"old"', '"42"'],
  ['a new key is a string', '42', undefined, '"42"'],
  ['a number stays a number', '42', '1', '42'],
  ['a number stays a number though echo wrote it', '-1.5e3\n', '1', '-1.5e3'],
  [
    'a number that JavaScript cannot hold stays to the letter',
    '12345678901234567890.10',
    '1',
    '12345678901234567890.10',
  ],
  ['a number gives way to text', 'none', '1', '"none"'],
  ['a number is not what only looks like one', '0x10', '1', '"0x10"'],
  ['true can become false', 'false', 'true', 'false'],
  ['true gives way to text', 'no', 'true', '"no"'],
  ['null gives way to text', '1', 'null', '"1"'],
  ['a list stays a list', '["a"]', '[]', '["a"]'],
  ['an object stays an object', '{"a":1}', '{}', '{"a":1}'],
  ['quotes and newlines are escaped', 'a"b\\c\n', '""', '"a\\"b\\\\c\\n"'],
])('%s', (_, text, old, expected) => {
  expect(asJson(text, { key: 'k', old })).toBe(expected);
});

it.each([
  ['an object for a list', '{}', '[]', 'list'],
  ['text for an object', 'flat', '{"a":1}', 'object'],
])('refuses %s', (_, text, old, kind) => {
  expect(() => asJson(text, { key: 'a/b', old })).toThrow(`"a/b" holds a JSON ${kind}, and the value is not one`);
});

it('takes any JSON for any other where it is asked to, and never quotes what is not JSON', () => {
  expect(asJson(' "flat"\n', { key: 'k', old: '{"a":1}', isJson: true })).toBe('"flat"');
  expect(asJson('null', { key: 'k', old: '"a"', isJson: true })).toBe('null');
  expect(() => asJson('hunter2', { key: 'k', old: '"a"', isJson: true })).toThrow(/^the value is not JSON$/);
});
