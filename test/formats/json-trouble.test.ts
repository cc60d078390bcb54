import { expect, it } from 'vitest';
import { lineOfTrouble } from '../../src/formats/json-trouble.ts';

it.each([
  ['', 1],
  ['{\n  "a": 1,\n}', 3],
  ['{\n  "a": 1\n  "b": 2\n}', 3],
  ['{\n  "a": hunter2\n}', 2],
  ['{\n  "a": "x\ny"\n}', 2],
  ['{\n  a: 1\n}', 2],
  ['{"a": [1,\n2,\n]}', 3],
  ['{"a": 01}', 1],
  ['{}\n\nx', 3],
  ['{"a": 1', 1],
  ['{"a": {"b": [true, null, -1.5e+3]}}\n]', 2],
  ["{\n'a': 1}", 2],
])('%j stops being JSON in line %i', (text, line) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(lineOfTrouble(text)).toBe(line);
});
