import type { Format, Pair } from './pair.ts';
import { cannotTake, lastOfEach } from './refuse.ts';
import { Scanner } from './scanner.ts';
import { writeVariables } from './variables.ts';

/**
 * A `.env` file. There is no standard, so a value is written only in a form that the readers of Node, Python, Ruby and
 * Docker Compose and a shell's `.` take for the same: bare, in single quotes, or in double quotes where nothing in it
 * means anything there. What has no such form is refused.
 */
export const format: Format = {
  write: (pairs) => writeVariables(pairs, 'a .env file', (name, value) => `${name}=${quoted(name, value)}`),

  read(text) {
    const scanner = new Scanner(text.replace(/\r\n?/g, '\n'), 'NAME=VALUE');
    const pairs: Pair[] = [];
    while (!scanner.done) {
      if (scanner.take(nothing)) continue;
      const name = scanner.expect(nameAndSign)[1]!;
      pairs.push({ name, value: readValue(scanner) });
    }
    return lastOfEach(pairs);
  },
};

const nothing = /[^\S\n]*(?:#[^\n]*)?\n|[^\S\n]+(?:#[^\n]*)?$|#[^\n]*$/y;
const nameAndSign = /[^\S\n]*(?:export[^\S\n]+)?([A-Za-z_][\w.-]*)[^\S\n]*=[^\S\n]*/y;
const inQuotes = /'([^']*)'|`([^`]*)`|"((?:\\[\s\S]|[^"\\]+)*)"/y;
const endOfLine = /[^\S\n]*(?:[^\S\n]#[^\n]*)?(?:\n|$)/y;

function quoted(name: string, value: string): string {
  if (value.includes('\r')) throw noForm(name, 'holds a carriage return');
  // Without a "=", which zsh expands in front of a word.
  if (/^[\w./:@%+,-]*$/.test(value)) return value;
  // A backslash before a quote or a backslash means one thing to some and another to others.
  if (!/'|\\\\|\\$/.test(value)) return `'${value}'`;
  if (!/["$`\\]/.test(value)) return `"${value}"`;
  throw noForm(name, value.includes("'") ? 'holds quotes and more that needs them' : 'holds backslashes side by side');
}

const noForm = (name: string, trouble: string) =>
  cannotTake(name, trouble, 'a .env file', ['formats that take it: --format shell, json or yaml']);

function readValue(scanner: Scanner): string {
  const found = scanner.take(inQuotes);
  if (!found) return bare(scanner.expect(/([^\n'"`][^\n]*)?(?:\n|$)/y)[1] ?? '');
  scanner.expect(endOfLine);
  const [, single, backtick, double] = found;
  return single ?? backtick ?? unescaped(double!);
}

/** Up to a comment: a "#" behind a space. */
const bare = (rest: string) => (rest.startsWith('#') ? rest : rest.split(/[^\S\n]#/, 1)[0]!).trimEnd();

const meanings: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$', '`': '`' };
const unescaped = (text: string) => text.replace(/\\([\s\S])/g, (whole, letter: string) => meanings[letter] ?? whole);
