import type { Context } from '../../context.ts';
import { runChild } from '../../run-child.ts';
import { startError } from '../exec/start-error.ts';
import { withoutVaultKeys } from '../exec/without-vault-keys.ts';
import type { Verb } from '../verb.ts';
import { readAccount } from './account.ts';
import { checkTogether, type Options, readPath, readPort } from './serve/options.ts';
import { watchRotations } from './serve/rotations.ts';
import { ignoreDebugger, untilStopped } from './serve/signals.ts';
import { start, vaultFor } from './serve/start.ts';
import { type Door, environmentFor, exportsOf } from './serve/variables.ts';

const words = `
Answers Secrets Manager, Parameter Store, KMS and STS on a port of this machine that no other can reach. Requests are
signed with an access key of the vault ("latchkey vault keys create"), or with the one that --print-env prints and
--exec gives to the command, which lasts as long as the server. Prints the URL; stops at Ctrl-C or SIGTERM.
Rotations that it is asked for, or that are due, it does by what "latchkey rotate function" says.

Examples:
  latchkey vault serve --ephemeral --exec -- npm test
  latchkey vault serve --port 4599
  latchkey vault serve --ephemeral --print-env > aws.env &`;

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .usage('[options] [--exec -- COMMAND [ARGUMENT ...]]')
      .argument('[command...]', 'with --exec: the command and its arguments, behind "--"')
      .option('--port <number>', 'the port; any free one when left out', readPort, 0)
      .option('--ephemeral', 'a vault in memory, which nothing is left of')
      .option('--exec', 'run a command against the server, which ends with it')
      .option('--print-env', 'print the exports that a shell needs, instead of the URL')
      .option('--account <digits>', 'the account of an --ephemeral vault, 12 digits', readAccount)
      .option('--reset-path <path>', 'with --ephemeral: POST to this path forgets everything', readPath)
      .option('--allow-unsigned', 'let in whoever comes: no signature is checked')
      .addHelpText('after', words),

  async run(context, command, options) {
    checkTogether(command, options);
    ignoreDebugger();
    const vault = await vaultFor(context, options);
    try {
      const { server, door } = await start(context, vault, options);
      const rotations = watchRotations(context, vault, door.url);
      try {
        if (options.exec) return await runAgainst(context, door, command);
        const stopped = untilStopped();
        await context.terminal.write(options.printEnv ? exportsOf(door) : `${door.url}\n`);
        context.terminal.remark('serving; stop with Ctrl-C');
        await stopped;
      } finally {
        await rotations.close();
        await server.close();
      }
    } finally {
      vault.close();
    }
  },
};

async function runAgainst(
  { terminal, environment }: Context,
  door: Door,
  [command, ...args]: string[],
): Promise<number> {
  const { inIsTTY, outIsTTY, errIsTTY } = terminal;
  try {
    return await runChild({
      command: command!,
      args,
      environment: environmentFor(door, withoutVaultKeys(environment)),
      atTerminal: inIsTTY || outIsTTY || errIsTTY,
    });
  } catch (error) {
    throw startError(command!, error);
  }
}
