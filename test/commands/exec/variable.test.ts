import { describe, expect, it } from 'vitest';
import { toEnvironment } from '../../../src/commands/exec/variable.ts';

const one = (value: string, platform = 'linux') => toEnvironment([{ name: 'A', value, source: 'secret:a' }], platform);

describe('what no child could be given', () => {
  it.each([
    ['linux', 128 * 1024 - 'A=\0'.length],
    ['win32', 32_767 - 'A=\0'.length],
  ])('on %s the longest value has %i bytes', (platform, longest) => {
    expect(one('x'.repeat(longest), platform).A).toHaveLength(longest);
    expect(() => one('x'.repeat(longest + 1), platform)).toThrow(/^variable "A" from "secret:a" would have \S+ bytes/);
  });

  it('counts bytes, not characters, on Linux', () => {
    expect(() => one('é'.repeat(64 * 1024), 'linux')).toThrow('131,075 bytes');
  });

  it('knows no limit of one variable on macOS', () => {
    expect(one('x'.repeat(200_000), 'darwin').A).toHaveLength(200_000);
  });

  it('is a NUL, of which only the name is said', () => {
    expect(() => one('hidden\0value')).toThrow('"secret:a" holds a NUL byte, which no variable can: "A"');
  });

  it('is a second variable of that name, even with the same value', () => {
    const both = ['secret:a', 'secret:b'].map((source) => ({ name: 'A', value: 'x', source }));
    expect(() => toEnvironment(both)).toThrow('variable "A" is named twice: by "secret:a" and by "secret:b"');
  });
});

it('gives a variable called __proto__, too', () => {
  expect(Object.keys(toEnvironment([{ name: '__proto__', value: 'x', source: 's' }]))).toEqual(['__proto__']);
});
