import fc from 'fast-check';
import { expect } from 'vitest';
import type { Format, Pair } from '../../src/formats/pair.ts';

const characters = [...'\0\n\r\t $`\'"\\#=:!%{}[]&*|><~-@,;()é🗝‘’\u2028\u0085\ufeff\x7f'];
const words = [
  '\r\n',
  '  ',
  '\x24{HOME}',
  '$(id)',
  '`id`',
  '\\\\',
  '\\n',
  ' #',
  '!!',
  '%0A',
  '---',
  'EOF',
  'no',
  'null',
];
const more = ['0x10', '1e3', '::add-mask::x', '{{x}}', '\ud800'];

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...characters, ...words, ...more) },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
);

/** Values that break what writes files: all that those can be put together to, and now and then 64 KiB of it. */
export const awkwardText = fc.oneof(
  { weight: 60, arbitrary: fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')) },
  { weight: 1, arbitrary: piece.map((one) => (one || 'x').repeat(65_536).slice(0, 65_536)) },
);

const binary = fc.constantFrom(Uint8Array.of(0xff, 0xfe, 0), Uint8Array.of(0xc3, 0x28));

/** What cannot be text, too. */
export const awkwardValue = fc.oneof({ weight: 20, arbitrary: awkwardText }, { weight: 1, arbitrary: binary });

/** The same each time, so that what fails can be looked at. */
export const runs = (seed: number, numRuns: number) => ({ seed, numRuns });

/** Those of the values that a format takes, by names of their own; the others it refuses by name, and shows none. */
export function takenBy(format: Format, values: readonly Pair['value'][]): Pair[] {
  const given = values.map((value, index): Pair => ({ name: `NAME_${index}`, value }));
  return given.filter((pair) => {
    try {
      format.write([pair]);
      return true;
    } catch (error) {
      expect(error).toMatchObject({ name: 'UserError', code: 'usage' });
      expect((error as Error).message).toMatch(/^"NAME_\d+" (holds|is|begins|ends|makes) [\w .-]+, which /);
      return false;
    }
  });
}
