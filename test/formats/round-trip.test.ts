import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse as parseDotenv } from 'dotenv';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FormatName, formatNames, loadFormat } from '../../src/formats/formats.ts';
import type { Format, Pair } from '../../src/formats/pair.ts';

const awkward = [
  ...[
    '\0',
    '\n',
    '\r',
    '\r\n',
    '\t',
    ' ',
    '  ',
    '$',
    '\x24{HOME}',
    '$(id)',
    '`id`',
    '`',
    "'",
    '"',
    '\\',
    '\\\\',
    '\\n',
    '#',
    ' #',
  ],
  ...[
    '=',
    ':',
    '!',
    '!!',
    '%',
    '%0A',
    '{',
    '}',
    '[',
    ']',
    '&',
    '*',
    '|',
    '>',
    '<',
    '~',
    '-',
    '---',
    '@',
    ',',
    ';',
    '(',
    ')',
  ],
  ...[
    'EOF',
    'no',
    'null',
    '0x10',
    '1e3',
    '::add-mask::x',
    '{{x}}',
    '🗝',
    'é',
    '\u2028',
    '\u0085',
    '\ufeff',
    '‘',
    '’',
    '\x7f',
    '\ud800',
  ],
];
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...awkward) },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
);
/** Values that break what writes files: all that the list above can be put together to, and now and then 64 KiB of it. */
const value = fc.oneof(
  { weight: 60, arbitrary: fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')) },
  { weight: 1, arbitrary: piece.map((one) => (one || 'x').repeat(65_536).slice(0, 65_536)) },
);
const binary = fc.constantFrom(Uint8Array.of(0xff, 0xfe, 0), Uint8Array.of(0xc3, 0x28));
const pairs = fc
  .array(fc.oneof({ weight: 20, arbitrary: value }, { weight: 1, arbitrary: binary }), { minLength: 1, maxLength: 12 })
  .map((values) => values.map((one, index): Pair => ({ name: `NAME_${index}`, value: one })));

/** Those of the pairs that a format takes; it refuses the others by name, and shows no value. */
function takenBy(format: Format, given: readonly Pair[]): Pair[] {
  return given.filter((pair) => {
    try {
      format.write([pair]);
      return true;
    } catch (error) {
      expect(error).toMatchObject({ name: 'UserError', code: 'usage' });
      expect((error as Error).message).toMatch(/^"NAME_\d+" /);
      return false;
    }
  });
}

const inTurn = (seed: number) => ({ seed, numRuns: 1000 });

describe.each(formatNames)('%s', (name) => {
  it('reads what it wrote, or refuses to write it', { timeout: 60_000 }, async () => {
    const format = await loadFormat(name);
    let taken = 0;
    fc.assert(
      fc.property(pairs, (given) => {
        const those = takenBy(format, given);
        taken += those.length;
        expect(format.read(format.write(those))).toEqual(those);
      }),
      inTurn(5),
    );
    expect(taken).toBeGreaterThan(500);
  });

  it('takes plain text, long text and an ordinary password', async () => {
    const format = await loadFormat(name);
    const plain = ['postgres://app:s3same@db:5432/app?sslmode=require', 'x'.repeat(65_000), 'p@ss w0rd$9#x'];
    const given = plain.map((one, index) => ({ name: `NAME_${index}`, value: one }));
    expect(format.read(format.write(given))).toEqual(given);
  });
});

describe('names', () => {
  const anyName = fc.oneof(
    value,
    fc.constantFrom('a b', 'a=b', 'a:b', '#a', '!a', 'no', '1', '', '"', '__proto__', '<<', 'a/b'),
  );
  it.each(['json', 'yaml', 'properties', 'csv'] as const)('%s reads any name that it wrote', async (name) => {
    const format = await loadFormat(name);
    fc.assert(
      fc.property(fc.uniqueArray(anyName, { maxLength: 6 }), (names) => {
        const given = names.map((one) => ({ name: one, value: 'x' }));
        let text: string;
        try {
          text = format.write(given);
        } catch {
          return;
        }
        expect(format.read(text)).toEqual(given);
      }),
      inTurn(6),
    );
  });
});

const folder = { path: '' };
beforeAll(() => {
  folder.path = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-formats-'));
});
afterAll(() => fs.rmSync(folder.path, { recursive: true }));

/** The environment as a shell has it after it has read a file. Each value is printed by a program, not by the shell. */
function environmentAfter(shell: string, script: (file: string) => string, text: string): Record<string, string> {
  const file = path.join(folder.path, 'variables');
  fs.writeFileSync(file, text);
  const print = `const kept = Object.entries(process.env).filter(([name]) => name.startsWith('NAME_'));
    process.stdout.write(JSON.stringify(Object.fromEntries(kept)))`;
  const args = ['-c', `${script(file)}\n'${process.execPath}' -e "$PRINT"`];
  const env = { PATH: process.env.PATH, HOME: folder.path, PRINT: print, LC_ALL: 'C.UTF-8' };
  const { stdout, stderr, status } = spawnSync(shell, args, { env, encoding: 'utf8', maxBuffer: 1e9 });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

const isInstalled = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;

/** Many values by their own names: a shell each costs more than what it has to read. */
async function manyValues(
  name: FormatName,
  count: number,
): Promise<{ text: string; expected: Record<string, string> }> {
  const format = await loadFormat(name);
  const given = fc.sample(value, { seed: 7, numRuns: count }).filter((one) => one.length < 65_536);
  const taken = takenBy(
    format,
    given.map((one, index) => ({ name: `NAME_${index}`, value: one })),
  );
  return {
    text: format.write(taken),
    expected: Object.fromEntries(taken.map((pair) => [pair.name, pair.value as string])),
  };
}

describe('real readers', () => {
  const dotIn = (file: string) => `. '${file}'`;
  const allExported = (file: string) => `set -a; . '${file}'`;
  it.each([
    ...['bash', 'dash', 'zsh'].map((shell) => [shell, 'shell', dotIn] as const),
    ...['bash', 'dash', 'zsh'].map((shell) => [shell, 'dotenv', allExported] as const),
    ['fish', 'fish', (file: string) => `source '${file}'`] as const,
  ])('%s reads %s', { timeout: 60_000 }, async (shell, name, script) => {
    if (!isInstalled(shell)) return console.warn(`not tested: there is no ${shell} here`);
    const { text, expected } = await manyValues(name, 3000);
    expect(Object.keys(expected).length).toBeGreaterThan(name === 'dotenv' ? 500 : 2000);
    expect(environmentAfter(shell, script, text)).toEqual(expected);
  });

  it('the dotenv package reads dotenv', async () => {
    const { text, expected } = await manyValues('dotenv', 5000);
    expect(parseDotenv(text)).toEqual(expected);
  });
});
