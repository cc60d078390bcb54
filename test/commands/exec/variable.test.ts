import { describe, expect, it } from 'vitest';
import { byName, textOf } from '../../../src/commands/exec/variable.ts';

const one = (value: string, platform = 'linux') =>
  byName([{ name: 'A', value, source: 'secret:a', item: 'secret:a#k' }], platform).get('A')?.value;

describe('what no child could be given', () => {
  it.each([
    ['linux', 128 * 1024 - 'A=\0'.length],
    ['win32', 32_767 - 'A=\0'.length],
  ])('on %s the longest value has %i bytes', (platform, longest) => {
    expect(one('x'.repeat(longest), platform)).toHaveLength(longest);
    expect(() => one('x'.repeat(longest + 1), platform)).toThrow(/^variable "A" from "secret:a" would have \S+ bytes/);
  });

  it('counts bytes, not characters, on Linux', () => {
    expect(() => one('é'.repeat(64 * 1024), 'linux')).toThrow('131,075 bytes');
  });

  it('knows no limit of one variable on macOS', () => {
    expect(one('x'.repeat(200_000), 'darwin')).toHaveLength(200_000);
  });

  it('is a NUL, of which only the name is said', () => {
    expect(() => one('hidden\0value')).toThrow('"secret:a" holds a NUL byte, which no variable can: "A"');
  });

  it('is a second variable of that name, even with the same value', () => {
    const both = ['secret:a', 'secret:b'].map((source) => ({ name: 'A', value: 'x', source }));
    expect(() => byName(both)).toThrow('variable "A" is named twice: by "secret:a" and by "secret:b"');
  });
});

it.each([
  ['a NUL', '\0'],
  ['too much', 'x'.repeat(200_000)],
])('the way out of %s is a file', (_, value) => {
  const hints = ["let the command read it from a file, whose path the variable holds: --file 'A=secret:a#k'"];
  expect(() => one(value)).toThrow(expect.objectContaining({ code: 'usage', hints }));
});

it('binary is no text, and only its reference is said', () => {
  expect(() => textOf('A', Buffer.from([0xff, 0x68]), 'secret:a')).toThrow(
    '"secret:a" is binary, which no variable can hold',
  );
  expect(textOf('A', Buffer.from('é'), 'secret:a')).toBe('é');
});
