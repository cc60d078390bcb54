import { run } from './run.ts';
import { processTerminal } from './terminal.ts';

export { verbOf } from './tree.ts';

/** The whole program on this process's streams and environment; resolves to the exit code. */
export const main = (argv: string[]): Promise<number> => run(argv, processTerminal(), process.env);
