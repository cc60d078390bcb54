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
export declare function parseScript(text: string): Step[];
export interface Command {
  readonly environment: Record<string, string>;
  readonly argv: string[];
}
/** `A=1 latchkey x 'y z' | latchkey w` as commands; words and quotes as in a shell. */
export declare function parseCommand(line: string): Command[];
/** Whether a line is as expected, placeholders and all. */
export declare function isLike(expected: string, actual: string): boolean;
