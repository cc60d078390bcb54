import { describe, expect, it } from 'vitest';
import { writeList, writeRecord } from '../../src/output/list.ts';
import { writeValue } from '../../src/output/value.ts';
import { visible } from '../../src/output/visible.ts';
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

  it('says what is wrong with a query', async () => {
    await expect(printed({ query: '[?' })).rejects.toMatchObject({ code: 'usage' });
  });
});

it('writeRecord shows the fields of one object', async () => {
  const terminal = terminalForTests();
  await writeRecord(terminal, { Name: 'a', On: true, $metadata: {} }, { output: 'table' });
  expect(terminal.stdout).toBe('Name  a\nOn    true\n');
});
