import { expect, it } from 'vitest';
import { secretValue } from '../../../src/commands/secret/secret-value.ts';

const text = (value: string) => Buffer.from(value);

it.each([
  ['text', 'plain'],
  ['a newline at its end', 'line\n'],
  ['a byte order mark', '\ufeffmark'],
  ['NUL and control characters', 'a\0b\u001b[2J'],
  ['four-byte characters', '🔑'],
])('keeps %s as it is, as a string', (_, value) => {
  expect(secretValue(text(value))).toEqual({ SecretString: value });
});

it('keeps what is not UTF-8, and what is asked to be, as binary', () => {
  const bytes = Uint8Array.of(0xff, 0xfe, 0);
  expect(secretValue(bytes)).toEqual({ SecretBinary: bytes });
  expect(secretValue(text('plain'), true)).toEqual({ SecretBinary: text('plain') });
});

it('counts bytes, not characters, up to 65,536', () => {
  expect(secretValue(text('é'.repeat(32_768)))).toEqual({ SecretString: 'é'.repeat(32_768) });
  expect(() => secretValue(text(`${'é'.repeat(32_768)}x`))).toThrow(
    expect.objectContaining({
      code: 'usage',
      message: 'the value is 65,537 bytes, and a secret holds at most 65,536',
    }),
  );
});
