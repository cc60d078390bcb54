/**
 * A golden terminal script:
 *
 *     # what this shows
 *     $ latchkey secret get prod/db     a command; `|` pipes one latchkey into another; NAME=value sets its environment
 *     < text                            a line of standard input (no newline behind the last)
 *     > text                            a line of standard output
 *     ! text                            a line of standard error
 *     ? 3                               the exit code, when it is not 0
 *
 * `[any]`, `[uuid]`, `[date]` and `[arn]` stand for what changes, `$TMP` for the script's own folder.
 */
export interface Step {
  readonly line: number;
  readonly command: string;
  stdin: string[];
  stdout: string[];
  stderr: string[];
  exit: number;
}

export function parseScript(text: string): Step[] {
  const steps: Step[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const [mark, rest] = [line.slice(0, 2).trim(), line.slice(2)];
    const step = steps.at(-1);
    if (mark === '' || mark.startsWith('#')) continue;
    if (mark === '$') steps.push({ line: index + 1, command: rest, stdin: [], stdout: [], stderr: [], exit: 0 });
    else if (mark === '<') step!.stdin.push(rest);
    else if (mark === '>') step!.stdout.push(rest);
    else if (mark === '!') step!.stderr.push(rest);
    else if (mark === '?') step!.exit = Number(rest);
    else throw new Error(`line ${index + 1} begins with none of # $ < > ! ?`);
  }
  return steps;
}

export interface Command {
  readonly environment: Record<string, string>;
  readonly argv: string[];
}

/** `A=1 latchkey x 'y z' | latchkey w` as commands; words and quotes as in a shell. */
export function parseCommand(line: string): Command[] {
  return splitPipes(words(line)).map((parts) => {
    const start = parts.findIndex((word) => !/^[A-Z_][A-Z0-9_]*=/.test(word));
    if (parts[start] !== 'latchkey') throw new Error(`only latchkey runs in a script, not "${parts[start]}"`);
    const assignments = parts
      .slice(0, start)
      .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]);
    return { environment: Object.fromEntries(assignments), argv: parts.slice(start + 1) };
  });
}

const pipe = Symbol('|');

function words(line: string): (string | typeof pipe)[] {
  const found = line.matchAll(/\s+|\|(?=\s)|((?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+)/g);
  return [...found].flatMap(([whole, word]): (string | typeof pipe)[] =>
    word ? [unquote(word)] : whole === '|' ? [pipe] : [],
  );
}

const unquote = (word: string) =>
  word.replace(
    /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g,
    (_, single, double, escaped) => single ?? (double === undefined ? escaped : double.replace(/\\(.)/g, '$1')),
  );

function splitPipes(parts: (string | typeof pipe)[]): string[][] {
  const commands: string[][] = [[]];
  for (const part of parts) {
    if (typeof part === 'string') commands.at(-1)!.push(part);
    else commands.push([]);
  }
  return commands;
}

const placeholders: Record<string, string> = {
  any: '.*',
  uuid: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  date: '\\d{4}-\\d{2}-\\d{2}(?:T[\\d:.]+Z)?',
  arn: 'arn:aws:[a-z]+:[a-z0-9-]*:\\d{12}:[^ "]+',
};

/** Whether a line is as expected, placeholders and all. */
export function isLike(expected: string, actual: string): boolean {
  const pattern = expected.replace(/\[(any|uuid|date|arn)\]|[\\^$.*+?()[\]{}|]/g, (found, name) =>
    name ? placeholders[name]! : `\\${found}`,
  );
  return new RegExp(`^${pattern}$`).test(actual);
}
