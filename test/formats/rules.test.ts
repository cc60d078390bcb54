import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type FormatName, loadFormat } from '../../src/formats/formats.ts';
import { awkwardText, runs, takenBy } from './awkward.ts';

/** Readers that are not here, each as its documentation has it and without anything of ours. */
const rules: [FormatName, (file: Buffer) => [name: string, value: string][]][] = [
  ['docker', dockerEnvFile],
  ['gitlab', gitlabReport],
  ['powershell', powershell],
];

it.each(rules)('%s, by its documented rules', async (name, read) => {
  const format = await loadFormat(name);
  fc.assert(
    fc.property(fc.array(awkwardText, { minLength: 1, maxLength: 8 }), (values) => {
      const taken = takenBy(format, values);
      expect(read(Buffer.from(format.write(taken)))).toEqual(taken.map((pair) => [pair.name, pair.value]));
    }),
    runs(11, 1000),
  );
});

/** A line each, shorter than 64 KiB; no quotes, no escapes; "#" begins a comment; space in front of a name is none of it. */
function dockerEnvFile(file: Buffer): [string, string][] {
  const lines = file
    .toString()
    .replace(/^\ufeff/, '')
    .split('\n')
    .slice(0, -1);
  return lines.flatMap((line) => {
    if (Buffer.byteLength(line) + 1 > 65_536) throw new Error('token too long');
    const read = line.replace(/\r$/, '').trimStart();
    if (read === '' || read.startsWith('#')) return [];
    const at = read.indexOf('=');
    if (at < 0 || /\s/.test(read.slice(0, at))) throw new Error('no variable');
    return [[read.slice(0, at), read.slice(at + 1)]];
  });
}

/** A line each, comments and empty lines are errors; names of letters, digits and "_"; spaces around values are dropped. */
function gitlabReport(file: Buffer): [string, string][] {
  return file
    .toString()
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const at = line.indexOf('=');
      const [name, value] = [line.slice(0, at).trim(), line.slice(at + 1).replace(/^[\s\0]+|[\s\0]+$/g, '')];
      if (at < 0 || !/^[a-zA-Z0-9_]+$/.test(name)) throw new Error('Invalid Format');
      return [name, value];
    });
}

/** Any single quote, also a curly one, ends a literal unless it is doubled; 5.1 reads a file as Windows-1252. */
function powershell(file: Buffer): [string, string][] {
  const text = new TextDecoder('windows-1252').decode(file);
  const found: [string, string][] = [];
  let at = 0;
  const skip = (word: RegExp): string => {
    word.lastIndex = at;
    const [whole] = word.exec(text) ?? [];
    if (whole === undefined) throw new Error('unexpected token');
    at += whole.length;
    return whole;
  };
  const isQuote = (letter = '') => letter !== '' && "'‘’‚‛".includes(letter);
  const operand = (): string => {
    if (!isQuote(text[at])) return String.fromCharCode(Number(skip(/\[char\]0x[0-9A-F]+/y).slice('[char]'.length)));
    let value = '';
    for (at += 1; !isQuote(text[at]) || isQuote(text[at + 1]); at += 1) {
      if (isQuote(text[at])) at += 1;
      value += text[at] ?? raise();
    }
    at += 1;
    return value;
  };
  while (at < text.length) {
    const name = skip(/\$env:\w+/y).slice('$env:'.length);
    skip(/ = /y);
    let value = operand();
    while (text[at] !== '\n') {
      skip(/ \+ /y);
      value += operand();
    }
    at += 1;
    if (value !== '') found.push([name, value]);
  }
  return found;
}

function raise(): never {
  throw new Error('the string is missing its end');
}
