import type { Command } from 'commander';
import type { Context } from '../context.ts';

/** One verb of the command line: its words (what commander needs for parsing and help) and its run. */
export interface Verb<Options = Record<string, unknown>> {
  /** Arguments, options and an example: `command.argument(...).option(...).addHelpText(...)`. Opens nothing. */
  words(command: Command): void;
  /** References that it names elsewhere than in its arguments and options, for --show-policy. Calls nothing. */
  elsewhere?(context: Context, args: string[], options: Options): Promise<string[]>;
  /** Does it. Resolves to an exit code where that is not 0: 1 for "the answer is no". All else not done is thrown. */
  run(context: Context, args: string[], options: Options): Promise<number | undefined>;
}
