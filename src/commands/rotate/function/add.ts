import path from 'node:path';
import { UserError } from '../../../errors.ts';
import { rotatorNames } from '../../../rotation/rotator-for.ts';
import type { Verb } from '../../verb.ts';
import { readFunctionArn, readFunctions, type Stand, writeFunctions } from '../functions.ts';
import { commandOfHandler } from './handler.ts';

interface Options {
  rotator?: string;
  passwordKey?: string;
  tls?: 'verify' | 'require' | 'disable';
  ca?: string;
  handler?: string;
}

const words = `
RotateSecret, called by any SDK on the vault, names a function of Lambda. Here it is said what of this machine stands for
it: a rotator of latchkey's own, a handler that was written for Lambda, or any command. A handler or command is run for
each step, gets the event {"SecretId", "ClientRequestToken", "Step"} (a command on its standard input), and finds the
vault by the variables every SDK reads, with keys that last as long as its run. It runs in the folder that you are in now.

Examples:
  latchkey rotate function add arn:aws:lambda:us-east-1:000000000000:function:db --rotator postgres --tls disable
  latchkey rotate function add arn:aws:lambda:us-east-1:000000000000:function:api --handler rotate.py:lambda_handler
  latchkey rotate function add arn:aws:lambda:us-east-1:000000000000:function:own -- ./rotate --verbose`;

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .usage('<arn> [options] [-- COMMAND [ARGUMENT ...]]')
      .argument('<arn>', 'ARN of a function; for the vault any will do')
      .argument('[command...]', 'the command and its arguments, behind "--"')
      .addOption(
        command
          .createOption('--rotator <name>', "a rotator of latchkey's own")
          .choices(rotatorNames.filter((name) => name !== 'command')),
      )
      .option('--password-key <key>', 'for --rotator: the key of the JSON value that holds the password')
      .addOption(
        command
          .createOption('--tls <mode>', 'for --rotator: how it speaks to the database')
          .choices(['verify', 'require', 'disable']),
      )
      .option('--ca <file>', 'for --rotator: PEM, whom to trust')
      .option('--handler <file:function>', 'a handler of Python or JavaScript, written for Lambda')
      .addHelpText('after', words),

  async run({ terminal, environment }, [arn, ...command], options) {
    const stand = standOf(command, options);
    writeFunctions(environment, { ...readFunctions(environment), [readFunctionArn(arn!)]: stand });
    terminal.remark(`"${arn}" is done here; "latchkey vault serve" and "latchkey rotate due" work it off`);
    return undefined;
  },
};

function standOf(command: string[], { rotator, passwordKey, tls, ca, handler }: Options): Stand {
  const given = [rotator, handler, command[0]].filter((one) => one !== undefined);
  if (given.length !== 1) {
    throw new UserError('usage', 'one thing stands for a function: --rotator, --handler, or a command behind "--"', {
      hints: ['see "latchkey rotate function add --help"'],
    });
  }
  if (rotator === undefined && (passwordKey ?? tls ?? ca) !== undefined) {
    throw new UserError('usage', '--password-key, --tls and --ca are for --rotator', { hints: ['leave them out'] });
  }
  if (rotator !== undefined) return { rotator, passwordKey, tls, ca: ca === undefined ? undefined : path.resolve(ca) };
  return { command: handler === undefined ? command : commandOfHandler(handler), folder: process.cwd() };
}
