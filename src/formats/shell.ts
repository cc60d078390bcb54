import type { Format, Pair } from './pair.ts';
import { cannotTake, lastOfEach } from './refuse.ts';
import { Scanner } from './scanner.ts';
import { writeVariables } from './variables.ts';

/** For `.` and `eval` of sh, bash, dash, zsh and ksh: single quotes, in which nothing means anything but a single quote. */
export const format: Format = {
  write: (pairs) =>
    writeVariables(pairs, 'a shell', (name, value) => {
      if (taken.has(name)) throw cannotTake(name, 'is a variable that shells keep for themselves', 'a shell');
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

/** Read-only, counted or computed in bash, dash or zsh: they have values of their own, whatever is assigned. */
const taken = new Set(
  `_ argv status pipestatus ARGC BASHOPTS BASHPID BASH_ARGV0 BASH_COMMAND BASH_SUBSHELL BASH_VERSINFO COMP_WORDBREAKS
  DIRSTACK EGID EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GID GROUPS HISTCMD LINENO OPTIND PPID RANDOM SECONDS
  SHELLOPTS SHLVL SRANDOM TTYIDLE UID USERNAME ZSH_EVAL_CONTEXT ZSH_SUBSHELL`.split(/\s+/),
);

const nothing = /[ \t]*(?:#[^\n]*)?(?:\r?\n)|[ \t]+$|[ \t]*#[^\n]*$/y;
const nameAndSign = /[ \t]*(?:(?:export|readonly|typeset -x|declare -x)[ \t]+)?([A-Za-z_]\w*)=/y;
const part = /'([^']*)'|"((?:\\[\s\S]|[^"\\$`]+)*)"|\\([^\n])|([^\s'"\\$`;&|<>()*?[\]{}~!#]+|(?<=\S)[#{}~!]+)/y;
const endOfCommand = /[ \t]*(?:[ \t]#[^\n]*|;)?(?:\r?\n|$)/y;

function readWord(scanner: Scanner): string {
  let word = '';
  for (let found = scanner.take(part); found; found = scanner.take(part)) {
    const [, single, double, escaped, plain] = found;
    word += single ?? double?.replace(/\\(["\\$`]|\n)/g, (_, kept) => kept.trim()) ?? escaped ?? plain!;
  }
  return word;
}
