import { describe, expect, it } from 'vitest';
import { writeList, writeRecord } from '../../src/output/list.ts';
import { writeValue } from '../../src/output/value.ts';
import { visible, visibleLine } from '../../src/output/visible.ts';
import { terminalForTests } from '../helpers/terminal.ts';

const items = [
  {
    Name: 'a',
    Changed: new Date('2026-01-02T03:04:05Z'),
    Blob: Buffer.from('hi'),
    Tags: [{ Key: 'k' }],
    Gone: undefined,
  },
  { Name: 'b\u001b[31m', Changed: new Date('2026-02-02T03:04:05Z') },
];
const list = { columns: ['Name', 'Changed'], items };

describe('visible', () => {
  it.each([
    ['plain é 🗝️\ttab\nline', 'plain é 🗝️\ttab\nline'],
    ['\u001b[2J', '\\x1b[2J'],
    ['a\rb', 'a\\x0db'],
    ['\u009b31m', '\\x9b31m'],
    ['abc\u202edef', 'abc\\u{202e}def'],
    ['\u0000', '\\x00'],
  ])('%j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});

describe('visibleLine', () => {
  it('is one line, whatever it holds', () => {
    expect(visibleLine('no "a\n\u001b[2Jb\tc"')).toBe('no "a\\x0a\\x1b[2Jb\tc"');
  });
});

describe('writeValue', () => {
  it.each(['', 'text', 'with newline\n', '\u001b[31m'])('writes exactly these bytes to a pipe: %j', async (value) => {
    const terminal = terminalForTests();
    await writeValue(terminal, value);
    expect(terminal.stdout).toBe(value);
  });

  it('adds a newline on a terminal, and shows what would move its cursor', async () => {
    const terminal = terminalForTests({ tty: true });
    await writeValue(terminal, 'a\u001b[2Jb');
    expect(terminal.stdout).toBe('a\\x1b[2Jb\n');
  });

  it.each([Uint8Array.of(0xff, 0xfe), Uint8Array.of(65, 0, 66)])(
    'refuses binary on a terminal, unless forced',
    async (value) => {
      const terminal = terminalForTests({ tty: true });
      await expect(writeValue(terminal, value)).rejects.toMatchObject({ code: 'usage' });
      expect(terminal.bytes).toHaveLength(0);
      await writeValue(terminal, value, { force: true });
      expect(terminal.bytes).toEqual(Buffer.from(value));
    },
  );
});

describe('writeList', () => {
  const printed = async (options: object, tty = false) => {
    const terminal = terminalForTests({ tty });
    await writeList(terminal, list, options);
    return terminal.stdout;
  };

  it('is JSON with the fields of the API when piped', async () => {
    expect(JSON.parse(await printed({}))).toEqual([
      { Name: 'a', Changed: '2026-01-02T03:04:05.000Z', Blob: 'aGk=', Tags: [{ Key: 'k' }] },
      { Name: 'b\u001b[31m', Changed: '2026-02-02T03:04:05.000Z' },
    ]);
  });

  it('is a table on a terminal, with nothing that could move its cursor', async () => {
    const text = await printed({}, true);
    expect(text).toContain('b\\x1b[31m');
    expect(text.split('\n')[0]).toContain('Name');
    expect(await printed({ output: 'table' })).toBe(
      'Name       Changed\na          2026-01-02T03:04:05.000Z\nb\\x1b[31m  2026-02-02T03:04:05.000Z\n',
    );
  });

  it.each([
    [{ output: 'yaml', query: '[].Name' }, '- a\n- "b\\e[31m"\n'],
    [
      { output: 'text', query: '[].[Name, Changed]' },
      'a\t2026-01-02T03:04:05.000Z\nb\\x1b[31m\t2026-02-02T03:04:05.000Z\n',
    ],
    [{ output: 'text', query: 'length(@)' }, '2\n'],
    [{ query: "[?Name=='a'].Tags[0].Key | [0]" }, '"k"\n'],
    [{ query: 'nothing' }, 'null\n'],
  ])('%o', async (options, expected) => {
    expect(await printed(options)).toBe(expected);
  });

  it('sends nothing raw to a terminal, in no format', async () => {
    const evil = { columns: ['Name'], items: [{ Name: 'a\u009b31m\u202eb\u2028c\u007fd 🗝️' }] };
    const shown = async (output: 'json' | 'yaml' | 'text') => {
      const terminal = terminalForTests({ tty: true });
      await writeList(terminal, evil, { output });
      return terminal.stdout;
    };
    for (const output of ['json', 'yaml', 'text'] as const) {
      expect(await shown(output)).not.toMatch(/[\u007f\u009b\u202e\u2028]/);
    }
    expect(JSON.parse(await shown('json'))).toEqual(evil.items);
    const piped = terminalForTests();
    await writeList(piped, evil, { output: 'yaml' });
    expect(piped.stdout).toContain('\u202e');
  });

  it('gives every line of text the same columns', async () => {
    const terminal = terminalForTests();
    const rows = [{ Id: 'a', Created: 1 }, { Id: 'b', Read: 2, Created: 3 }, { Id: 'c' }];
    await writeList(terminal, { columns: [], items: rows }, { output: 'text' });
    expect(terminal.stdout).toBe('a\t1\t\nb\t3\t2\nc\t\t\n');
  });

  it('cuts headings, too, where a terminal is narrow', async () => {
    const terminal = terminalForTests({ tty: true });
    const items = [{ Id: 'x'.repeat(66), LastAccessedDate: '2026-01-02T03:04:05.000Z' }];
    await writeList(terminal, { columns: ['Id', 'LastAccessedDate'], items }, {});
    expect(terminal.stdout).toContain('LastAccesse…');
  });

  it('says what is wrong with a query', async () => {
    await expect(printed({ query: '[?' })).rejects.toMatchObject({ code: 'usage' });
  });
});

it('writeRecord shows the fields of one object', async () => {
  const terminal = terminalForTests();
  await writeRecord(terminal, { Name: 'a', On: true, $metadata: {} }, { output: 'table' });
  expect(terminal.stdout).toBe('Name  a\nOn    true\n');
});
