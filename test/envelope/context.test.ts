import { describe, expect, it } from 'vitest';
import { parseContext, serialiseContext } from '../../src/envelope/context.ts';

describe('a context', () => {
  it('is its pairs behind their number, each part behind its length', () => {
    expect(`${serialiseContext({ key1: 'val1', key2: 'v' })}`).toBe('\0\x02\0\x04key1\0\x04val1\0\x04key2\0\x01v');
    expect(serialiseContext({})).toHaveLength(0);
    expect(`${serialiseContext({ '': '' })}`).toBe('\0\x01\0\0\0\0');
  });

  it("is sorted by UTF-8 bytes, not by JavaScript's order", () => {
    const names = ['\u{10000}', '\uffff', 'b', 'ab', 'a', 'é'];
    const bytes = serialiseContext(Object.fromEntries(names.map((name) => [name, ''])));
    expect(Object.keys(parseContext(bytes))).toEqual(['a', 'ab', 'b', 'é', '\uffff', '\u{10000}']);
  });

  it('may have any names', () => {
    const context = JSON.parse('{"__proto__":"a","constructor":"b","toString":"c"}');
    const again = parseContext(serialiseContext(context));
    expect(Object.entries(again)).toEqual(Object.entries(context).sort());
    expect({ ...again }.toString).toBe('c');
  });

  it('keeps a byte order mark', () => {
    expect({ ...parseContext(serialiseContext({ a: '\ufeffx' })) }).toEqual({ a: '\ufeffx' });
  });

  it('has at most 65,535 bytes', () => {
    expect(serialiseContext({ a: 'x'.repeat(65_535 - 7) })).toHaveLength(65_535);
    expect(() => serialiseContext({ a: 'x'.repeat(65_535 - 6) })).toThrow('the encryption context is 65536 bytes');
  });
});
