import type { Format, Pair } from './pair.ts';
import { cannotTake, lastOfEach } from './refuse.ts';
import { Scanner } from './scanner.ts';
import { keptByShells } from './shell-names.ts';
import { writeVariables } from './variables.ts';

/** For `.` and `eval` of sh, bash, dash, zsh and ksh: single quotes, in which nothing means anything but a single quote. */
export const format: Format = {
  write: (pairs) =>
    writeVariables(pairs, 'a shell', (name, value) => {
      if (keptByShells.has(name)) throw cannotTake(name, 'is a variable that shells keep for themselves', 'a shell');
      return `export ${name}='${value.replaceAll("'", "'\\''")}'`;
    }),

  /** Reads assignments of what stands there; a value that a shell would have to work out is malformed. */
  read(text) {
    const scanner = new Scanner(text, "NAME='VALUE'");
    const pairs: Pair[] = [];
    while (!scanner.done) {
      if (scanner.take(nothing)) continue;
      const name = scanner.expect(nameAndSign)[1]!;
      pairs.push({ name, value: readWord(scanner) });
      scanner.expect(endOfCommand);
    }
    return lastOfEach(pairs);
  },
};

const nothing = /[ \t]*(?:#[^\n]*)?(?:\r?\n)|[ \t]+$|[ \t]*#[^\n]*$/y;
const nameAndSign = /[ \t]*(?:(?:export|readonly|typeset -x|declare -x)[ \t]+)?([A-Za-z_]\w*)=/y;
const part = /'([^']*)'|"((?:\\[\s\S]|[^"\\$`]+)*)"|\\([^\n])|([^\s'"\\$`;&|<>()*?[\]{}~!#]+|(?<=\S)[#{}~!]+)/y;
const endOfCommand = /[ \t]*;?[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;

function readWord(scanner: Scanner): string {
  let word = '';
  for (let found = scanner.take(part); found; found = scanner.take(part)) {
    const [, single, double, escaped, plain] = found;
    word += single ?? double?.replace(/\\(["\\$`]|\n)/g, (_, kept) => kept.trim()) ?? escaped ?? plain!;
  }
  return word;
}
