import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNames, loadFormat } from '../../src/formats/formats.ts';
import { awkwardText, awkwardValue, runs, takenBy } from './awkward.ts';

describe.each(formatNames)('%s', (name) => {
  it('reads what it wrote, or refuses to write it', { timeout: 60_000 }, async () => {
    const format = await loadFormat(name);
    let taken = 0;
    fc.assert(
      fc.property(fc.array(awkwardValue, { minLength: 1, maxLength: 12 }), (values) => {
        const those = takenBy(format, values);
        taken += those.length;
        expect(format.read(format.write(those))).toEqual(those);
      }),
      runs(5, 1000),
    );
    expect(taken).toBeGreaterThan(1500);
  });

  it('takes plain text, long text and an ordinary password', async () => {
    const format = await loadFormat(name);
    const plain = ['postgres://app:s3same@db:5432/app?sslmode=require', 'x'.repeat(65_000), 'p@ss w0rd$9#x'];
    const given = plain.map((value, index) => ({ name: `NAME_${index}`, value }));
    expect(format.read(format.write(given))).toEqual(given);
  });

  it('writes nothing of two values by one name', async () => {
    const twice = [1, 2].map((value) => ({ name: 'A', value: `${value}` }));
    const format = await loadFormat(name);
    expect(() => format.write(twice)).toThrow('"A" is there twice');
  });
});

describe('names', () => {
  const hard = fc.constantFrom('a b', 'a=b', 'a:b', '#a', '!a', 'no', '1', '', '"', '__proto__', '<<', 'a/b', '~');
  it.each(['json', 'yaml', 'properties', 'csv'] as const)('%s reads any name that it wrote', async (name) => {
    const format = await loadFormat(name);
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(awkwardText, hard), { maxLength: 6 }), (names) => {
        const given = names.filter((one) => !/\p{Surrogate}/u.test(one)).map((one) => ({ name: one, value: 'x' }));
        expect(format.read(format.write(given))).toEqual(given);
      }),
      runs(6, 1000),
    );
  });

  it.each(['dotenv', 'shell', 'fish', 'powershell', 'docker', 'github', 'gitlab'] as const)(
    '%s refuses what is no name of a variable',
    async (name) => {
      const format = await loadFormat(name);
      for (const one of ['a b', 'a-b', '1a', '', 'a=b', 'a\nB', '$(id)', 'é']) {
        expect(() => format.write([{ name: one, value: 'x' }])).toThrow('is no name of a variable');
      }
    },
  );
});

describe('types', () => {
  it.each(['json', 'yaml'] as const)('%s keeps them, and all digits of numbers', async (name) => {
    const texts = ['5432', '12345678901234567890123', '1.50', '-1e400', 'true', 'null', '["a",{"b":null}]', '{}'];
    const given = texts.map((json, index) => ({ name: `n${index}`, value: json, json }));
    const format = await loadFormat(name);
    expect(format.read(format.write(given))).toEqual(given);
  });
});
