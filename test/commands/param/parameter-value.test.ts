import { describe, expect, it } from 'vitest';
import { parameterValue } from '../../../src/commands/param/parameter-value.ts';

const bytes = (text: string) => Buffer.from(text);
const of = (length: number) => bytes('x'.repeat(length));

describe('parameterValue', () => {
  it.each([
    ['standard', 4096],
    ['advanced', 8192],
    ['auto', 8192],
    [undefined, 8192],
  ] as const)('takes what tier %s holds, up to %d bytes, and no more', (tier, limit) => {
    expect(parameterValue(of(limit), tier)).toHaveLength(limit);
    expect(() => parameterValue(of(limit + 1), tier)).toThrow(`the value has ${limit + 1} bytes`);
    expect(() => parameterValue(bytes('é'.repeat(limit / 2 + 1)), tier)).toThrow(`the value has ${limit + 2} bytes`);
  });

  it('says which tier would hold it, and what that costs', () => {
    const hints = (length: number) => {
      try {
        parameterValue(of(length), 'standard');
      } catch (error) {
        return (error as { hints: string[] }).hints.join();
      }
    };
    expect(hints(8192)).toContain('--tier advanced');
    expect(hints(8192)).toContain('$0.05');
    expect(hints(8193)).toContain('latchkey secret create');
  });

  it('refuses bytes that are not text', () => {
    expect(() => parameterValue(Uint8Array.of(0xff))).toThrow('the value is not UTF-8 text');
  });

  it.each(['{{ssm:other}}', 'a {{}} b', '{{a\nb}}'])('refuses a reference: %j', (text) => {
    expect(() => parameterValue(bytes(text))).toThrow('the value holds "{{...}}"');
  });

  it.each(['{"a":{"b":{}}}', '}} {{', '{{', '{ {a} }'])('takes braces that are none: %j', (text) => {
    expect(parameterValue(bytes(text))).toBe(text);
  });
});
