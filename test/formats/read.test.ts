import { describe, expect, it } from 'vitest';
import { type FormatName, formatOfFile, loadFormat } from '../../src/formats/formats.ts';

const read = async (name: FormatName, text: string) =>
  Object.fromEntries((await loadFormat(name)).read(text).map((pair) => [pair.name, pair.value]));

describe('what others wrote', () => {
  it('.env', async () => {
    const text = [
      ...['# a comment', '', 'PLAIN=value', 'export EXPORTED=x', ' SPACED = around # and a comment', 'HASH=a#b'],
      ...[
        "SINGLE='a $b \\n'",
        'DOUBLE="a\\nb \\"c\\" \\$d \x24{e}" # comment',
        'BACKTICK=`a\'b"c`',
        'EMPTY=',
        'BARE=it\'s "so"',
      ],
      ...['LINES="a', 'b"', 'dotted.name-x=1', 'TWICE=1', 'TWICE=2', 'COLOUR=#fff', 'LAST=end'],
    ];
    const expected = {
      ...{ PLAIN: 'value', EXPORTED: 'x', SPACED: 'around', HASH: 'a#b', SINGLE: 'a $b \\n' },
      ...{ DOUBLE: 'a\nb "c" $d \x24{e}', BACKTICK: 'a\'b"c', EMPTY: '', BARE: 'it\'s "so"', LINES: 'a\nb' },
      ...{ 'dotted.name-x': '1', TWICE: '2', COLOUR: '#fff', LAST: 'end' },
    };
    expect(await read('dotenv', text.join('\n'))).toEqual(expected);
    expect(await read('dotenv', `${text.join('\r\n')}\r\n`)).toEqual(expected);
  });

  it('shell', async () => {
    const text = `#!/bin/sh\n\nexport A='it'\\''s' # comment\nB="a \\"b\\" \\$c \\\\"; \nC=a\\ b'c'"d"\nD=\ndeclare -x E="f"\n`;
    expect(await read('shell', text)).toEqual({ A: "it's", B: 'a "b" $c \\', C: 'a bcd', D: '', E: 'f' });
  });

  it('properties', async () => {
    const text =
      '# c\n! c\n\na=1\nb : 2\nc 3\nd\\ e\\=\\:=x\\u00e9\\ty\nlong = one \\\n   two \\\\\nlast=\\\\\\\n  end\nempty\n';
    expect(await read('properties', text)).toEqual({
      ...{ a: '1', b: '2', c: '3', 'd e=:': 'xé\ty', long: 'one two \\', last: '\\end', empty: '' },
    });
  });

  it('CSV, with other columns and line breaks', async () => {
    const text = 'type,value,name\r\ns,"a ""b""\r\nc",one\r\ns,,two\r\n';
    expect(await read('csv', text)).toEqual({ one: 'a "b"\r\nc', two: '' });
  });

  it('YAML: types, blocks, aliases, and numbers to the last digit', async () => {
    const text =
      'a: plain\nb: |\n  x\n  y\nc: &d 12345678901234567890\ne: *d\nf: [1, {g: ~}]\nyes: no\nh: 0x10\ni: 2020-01-01\n';
    expect(await read('yaml', text)).toEqual({
      ...{ a: 'plain', b: 'x\ny\n', c: '12345678901234567890', e: '12345678901234567890' },
      ...{ f: '[1,{"g":null}]', yes: 'no', h: '16', i: '2020-01-01' },
    });
  });

  it('GitHub, GitLab and Docker', async () => {
    expect(await read('github', 'A=1=2\n\nB<<EOF\nx\n\ny\nEOF\nC<<EOF\nEOF\n')).toEqual({
      A: '1=2',
      B: 'x\n\ny',
      C: '',
    });
    expect(await read('gitlab', 'A = 1 \nB="2"\n'.replace('A =', 'A='))).toEqual({ A: '1', B: '"2"' });
    expect(await read('docker', '# c\n\n  A= 1 \nB="2"\n')).toEqual({ A: ' 1 ', B: '"2"' });
  });
});

describe('what is malformed is refused by its line, and never shown', () => {
  it.each<[FormatName, string, string]>([
    ['dotenv', 'A=1\nhunter2\n', 'line 2 is not NAME=VALUE'],
    ['dotenv', "A='hunter2\n", 'line 1 is not NAME=VALUE'],
    ['dotenv', "A='hunter2'hunter2\n", 'line 1 is not NAME=VALUE'],
    ['shell', 'A=x\nB=$(hunter2)\n', "line 2 is not NAME='VALUE'"],
    ['shell', 'A="$hunter2"\n', "line 1 is not NAME='VALUE'"],
    ['shell', "A='hunter2' rm\n", "line 1 is not NAME='VALUE'"],
    ['fish', 'set -gx A hunter2(id)\n', "line 1 is not set -gx NAME 'VALUE'"],
    ['powershell', '$env:A = "hunter2$x"\n', "line 1 is not $env:NAME = 'VALUE'"],
    ['json', '["hunter2"]', 'expected a JSON object'],
    ['json', '{"hunter2"', 'line 1 is not JSON'],
    ['yaml', 'a: 1\nb: "hunter2\n', 'line 3 is not YAML as it is expected here (missing char)'],
    ['yaml', '- hunter2\n', 'expected a YAML mapping of names and values'],
    ['yaml', 'a: [!!binary aHVudGVy]\n', 'line 1 holds a value that JSON has no form for'],
    ['yaml', 'a: !secret hunter2\n', 'line 1 is not YAML as it is expected here (tag resolve failed)'],
    ['yaml', 'a: 1\na: hunter2\n', 'line 2 is not YAML as it is expected here (duplicate key)'],
    ['yaml', 'a: .inf\n', 'line 1 holds a value that JSON has no form for'],
    ['csv', 'key,secret\na,hunter2\n', 'expected columns "name" and "value" in the first line'],
    ['csv', 'name,value\n"a"x,hunter2\n', 'line 2 is not fields of CSV'],
    ['csv', 'name,value\nhunter2\n', 'row 1 has no name and value'],
    ['csv', 'name,value\na,hunter2\na,hunter3\n', '"a" is there twice'],
    ['docker', 'A=1\n\nhunter2\n', 'line 3 is not NAME=VALUE'],
    ['gitlab', 'hunter2\n', 'line 1 is not NAME=VALUE'],
    ['github', 'hunter2\n', 'a line is neither NAME=VALUE nor NAME<<DELIMITER'],
    ['github', 'A<<X\nhunter2\n', 'the value of "A" has no end'],
  ])('%s: %j', async (name, text, message) => {
    const format = await loadFormat(name);
    expect(() => format.read(text)).toThrow(expect.objectContaining({ code: 'usage', message }));
  });

  it('a YAML file of a few lines that names more than memory holds', async () => {
    const levels = Array.from({ length: 12 }, (_, index) => {
      const before = index === 0 ? '"x"' : `*a${index - 1}`;
      return `a${index}: &a${index} [${Array.from({ length: 10 }, () => before).join(', ')}]`;
    });
    await expect(read('yaml', levels.join('\n'))).rejects.toThrow('its aliases name more than 100,000 values');
  });
});

it.each([
  ['.env', 'dotenv'],
  ['a/.env.local', 'dotenv'],
  ['prod.env', 'dotenv'],
  ['.env.json', 'json'],
  ['a.YML', 'yaml'],
  ['a.b.yaml', 'yaml'],
  ['app.properties', 'properties'],
  ['a.csv', 'csv'],
  ['a.sh', 'shell'],
  ['a.fish', 'fish'],
  ['a.ps1', 'powershell'],
  ['a.txt', undefined],
  ['env', undefined],
  ['.envrc', undefined],
])('%s is %s by its name', (file, name) => {
  expect(formatOfFile(file)).toBe(name);
});
