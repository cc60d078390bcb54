import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { format } from '../../src/formats/github.ts';
import { masksOf } from '../../src/formats/masks.ts';
import { awkwardText, runs, takenBy } from './awkward.ts';

/**
 * The runner's side, from its documentation and nothing of ours: lines of `NAME=value`, or `NAME<<DELIMITER`, the value's
 * lines, and the delimiter by itself. On Windows a carriage return in front of a line feed is part of the line break.
 */
function environmentFile(text: string, windows: boolean): Map<string, string> {
  const found = new Map<string, string>();
  let rest = text;
  const line = (): string | undefined => {
    const end = rest.indexOf('\n');
    if (end < 0) return undefined;
    const read = rest.slice(0, end);
    rest = rest.slice(end + 1);
    return windows ? read.replace(/\r$/, '') : read;
  };
  for (let first = line(); first !== undefined; first = line()) {
    if (first === '') continue;
    const [, name, delimiter] = /^([^=]*?)<<(.*)$/s.exec(first) ?? [];
    if (!name || !delimiter) throw new Error('Invalid format');
    const begin = rest;
    for (let next = line(); next !== delimiter; next = line()) {
      if (next === undefined) throw new Error('Matching delimiter not found');
    }
    const value = begin.slice(0, begin.length - rest.length).split(delimiter)[0]!;
    found.set(name, value.replace(windows ? /\r?\n$/ : /\n$/, ''));
  }
  expect(rest).toBe('');
  return found;
}

/** What the runner does with a line of a log: it keeps it, or learns what to hide. `%25`, `%0D` and `%0A` are escapes. */
function readLog(log: string): Set<string> {
  const hidden = new Set<string>();
  for (const line of log.split('\n')) {
    const data = /^::add-mask::(.*)$/s.exec(line)?.[1];
    if (data === undefined) throw new Error('a line that is no command');
    const value = data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
    // All of it, and each line by itself.
    for (const one of [value, ...value.split(/[\r\n]+/)]) if (one !== '') hidden.add(one);
  }
  return hidden;
}

describe.each([
  ['Linux', false],
  ['Windows', true],
])('the environment file, as the runner on %s reads it', (_, windows) => {
  it('gives every value that was not refused', () => {
    fc.assert(
      fc.property(fc.array(awkwardText, { minLength: 1, maxLength: 8 }), (values) => {
        const taken = takenBy(format, values);
        const wanted = new Map(taken.map(({ name, value }) => [name, value]));
        expect(environmentFile(format.write(taken), windows)).toEqual(wanted);
      }),
      runs(8, 1000),
    );
  });
});

it('has another delimiter each time, so that no value can end itself and set other variables', () => {
  const evil = { name: 'A', value: 'x\nEOF\nLD_PRELOAD=evil\nB<<EOF' };
  const [one, other] = [format.write([evil]), format.write([evil])];
  expect(one).not.toBe(other);
  expect([...environmentFile(one, false).keys()]).toEqual(['A']);
});

it.each(['GITHUB_TOKEN', 'GITHUB_PATH', 'RUNNER_TEMP', 'NODE_OPTIONS', 'node_options'])('refuses %s', (name) => {
  expect(() => format.write([{ name, value: 'x' }])).toThrow(`"${name}" `);
});

describe('masks', () => {
  const hiddenOf = (value: string) => readLog(masksOf([{ name: 'A', value }]).lines.join('\n'));

  it('hide each line of a key, and none of them is a brace', () => {
    const value = '{\n  "a": {\n    "key": "-----BEGIN-----\\nc2VjcmV0\\n-----END-----\\n"\n  }\n}';
    const hidden = hiddenOf(value);
    expect([...hidden].filter((one) => one.length < 4)).toEqual([]);
    expect(hidden).toContain('c2VjcmV0');
    expect(hidden).toContain('-----BEGIN-----');
  });

  it('hide strings and numbers of JSON as they are used, not as they are written', () => {
    expect(hiddenOf('{"password":"a\\"b\\\\c%0A","pin":123456,"on":true,"list":[["deep1"]]}')).toEqual(
      new Set([
        'a"b\\c%0A',
        '123456',
        'deep1',
        '{"password":"a\\"b\\\\c%0A","pin":123456,"on":true,"list":[["deep1"]]}',
      ]),
    );
  });

  it('say what is too short to be hidden, and not of braces, words of JSON or nothing', () => {
    const values = {
      PIN: '123',
      EMPTY: '',
      JSON: '{"a":true,\n"b":""}',
      INNER: '{"user":"app"}',
      LINES: 'long enough\nab',
    };
    const pairs = Object.entries(values).map(([name, value]) => ({ name, value }));
    expect(masksOf(pairs).short).toEqual(['PIN', 'INNER', 'LINES']);
  });

  it('hide every long line of anything, in commands that are lines', () => {
    fc.assert(
      fc.property(awkwardText, (value) => {
        const { lines } = masksOf([{ name: 'A', value }]);
        if (lines.length === 0) return;
        const hidden = [...readLog(lines.join('\n'))];
        const parts = value.split(/[\r\n]+/).map((line) => line.trim());
        for (const part of parts) if (part.length >= 4) expect(hidden).toContain(part);
      }),
      runs(9, 2000),
    );
  });
});
