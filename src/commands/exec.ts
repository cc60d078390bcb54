import { UserError } from '../errors.ts';
import { parseReference } from '../reference/reference.ts';
import { runChild } from '../run-child.ts';
import { isTree, readVariables, type Wanted } from './exec/read-variables.ts';
import { startError } from './exec/start-error.ts';
import { toEnvironment } from './exec/variable.ts';
import { withoutVaultKeys } from './exec/without-vault-keys.ts';
import { splitPair } from './tags.ts';
import type { Verb } from './verb.ts';

interface Options {
  env?: [name: string, reference: string][];
  envFrom?: string[];
}

const words = `
References are secret:NAME, secret:NAME#KEY and param:NAME. Nothing is started unless all of them can be read.
The command is run without a shell. Its exit status is returned, 128+N where signal N ended it, 127 where there is
no such command, 126 where it cannot be run.

Examples:
  latchkey exec --env 'DB_PASSWORD=secret:prod/db#password' -- npm start
  latchkey exec --env-from param:/prod/app/ -- npm start`;

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .usage('--env NAME=REFERENCE ... -- COMMAND [ARGUMENT ...]')
      .argument('<command...>', 'the command and its arguments, behind "--"')
      .option('--env <name=reference>', 'a variable and where its value is; again for more', gatherPair)
      .option(
        '--env-from <reference>',
        'a variable for each key of a JSON value, or for each parameter below a path, like param:/prod/app/; its name in capitals, with "_" for all but letters and digits',
        gather,
      )
      .addHelpText('after', words),

  async run(context, [command, ...args], { env = [], envFrom = [] }) {
    const wanted = [
      ...env.map(([name, source]) => wantedFrom(source, name)),
      ...envFrom.map((source) => wantedFrom(source)),
    ];
    const variables = toEnvironment(await readVariables(context, wanted));
    const { inIsTTY, outIsTTY, errIsTTY } = context.terminal;
    const environment = { ...withoutVaultKeys(context.environment), ...variables };
    try {
      return await runChild({ command: command!, args, environment, atTerminal: inIsTTY || outIsTTY || errIsTTY });
    } catch (error) {
      throw startError(command!, error);
    }
  },
};

const gather = (reference: string, before: string[] = []) => [...before, reference];
const gatherPair = (text: string, before: [string, string][] = []) => [...before, splitPair(text, '--env')];

function wantedFrom(source: string, name?: string): Wanted {
  const reference = parseReference(source);
  if (reference.kind !== 'secret' && reference.kind !== 'param') {
    throw new UserError('usage', `expected a secret or a parameter, got "${source}"`);
  }
  if (name === undefined || !isTree(reference)) return { name, source, reference };
  throw new UserError('usage', `"${source}" names many parameters, and --env ${name} takes one`, {
    hints: [`a variable for each of them: --env-from ${source}`],
  });
}
