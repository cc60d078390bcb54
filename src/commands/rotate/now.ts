import type { Command } from 'commander';
import { UserError } from '../../errors.ts';
import { rotate } from '../../rotation/steps.ts';
import { readDuration } from '../exec/duration.ts';
import type { PasswordOptions } from '../secret/password.ts';
import type { Verb } from '../verb.ts';
import { type ByFunction, mostWait, rotateByFunction } from './by-function.ts';
import { type Consumers, tellConsumers } from './consumers.ts';
import { addNewPasswordOptions, type Ready, type RotatorOptions, withRotator } from './prepare.ts';
import { showSteps } from './show-steps.ts';

interface Options extends RotatorOptions, PasswordOptions, Consumers, ByFunction {
  grace?: number;
  lambda: boolean;
  functionRole?: boolean;
}

const words = `
Four steps: a new value is made and stored as AWSPENDING, the service is made to accept it, it logs in, and it becomes
AWSCURRENT. Cut off anywhere, the same command goes on where it was left. Of two at once one wins, and the other ends
with exit code 5. Prints the id of the version that is current then.

A program behind "--" is run once a step. It reads {"SecretId","ClientRequestToken","Step"} from standard input, the
current value from file descriptor 3 and the pending one from 4; at the step createSecret it writes the new value to 5.
The line on standard input comes last: a program that has read it knows that the values are whole.

With --lambda the secret's own function of Lambda does it: AWS calls it, in the vault what stands for it here.

Examples:
  latchkey rotate now prod/db
  latchkey rotate now prod/db --lambda --wait
  latchkey rotate now prod/pepper --rotator password --length 40 --notify ./reload
  latchkey rotate now prod/api -- ./rotate-api-key`;

export const verb: Verb<Options> = {
  words: (command) => addByFunction(addConsumers(addNewPasswordOptions(command))).addHelpText('after', words),

  async run(context, args, options) {
    checkTogether(args, options);
    if (options.lambda) {
      await rotateByFunction(context, args[0]!, options);
      return undefined;
    }
    await withRotator(context, args, options, async (ready) => {
      if (options.grace !== undefined) await requireAge(ready, options.grace);
      const { client, id, rotator, given } = ready;
      const done = await rotate(client, id, rotator, { given, onStep: showSteps(context.terminal) });
      await context.terminal.write(`${done.version}\n`);
      const begun = done.resumed ? ', a rotation that was begun before' : '';
      context.terminal.remark(`secret "${done.name}" is at version ${done.version} now${begun}`);
      await tellConsumers(context, done, options);
    });
  },
};

const addConsumers = (command: Command): Command =>
  command
    .option('--grace <time>', 'leave a secret alone whose value is younger: the one before may be in use', readDuration)
    .option(
      '--notify <program>',
      'run this once it is done, without a shell; its arguments are the name and the version',
    )
    .option('--restart <unit>', 'restart this unit of systemd once it is done');

const addByFunction = (command: Command): Command =>
  command
    .option('--lambda', 'let the function of the secret do it', false)
    .option('--wait', 'with --lambda: until the new version is current')
    .option('--timeout <time>', 'with --wait: how long (default: 15m)', readDuration, mostWait)
    .option('--function-role', 'with --show-policy: what the execution role of a function needs');

/** What a function does, nobody else is told how to do. */
function checkTogether(args: string[], options: Options): void {
  const { lambda, wait, rotator, length, grace, notify, restart } = options;
  if (options.functionRole) throw new UserError('usage', '--function-role is for --show-policy', { hints: ['add it'] });
  if (!lambda && wait) throw new UserError('usage', '--wait is for --lambda', { hints: ['leave it out'] });
  const own = [args[1], rotator, length, grace, notify, restart].some((one) => one !== undefined);
  if (!lambda || !own) return;
  throw new UserError('usage', 'with --lambda the function alone says how the secret is rotated', {
    hints: ['leave out --lambda, or all other options but --wait'],
  });
}

/** What is pending is gone on with at any age. */
async function requireAge({ client, state, current, given }: Ready, grace: number): Promise<void> {
  if (state.situation !== 'none' && state.situation !== 'left') return;
  const { CreatedDate } = await client.getSecretValue({ SecretId: state.arn, VersionId: current.id });
  if (!CreatedDate || given.now().getTime() - CreatedDate.getTime() >= grace) return;
  throw new UserError('conflict', `secret "${state.name}" has its value since ${CreatedDate.toISOString()}`, {
    hints: ['nothing was changed; --grace asks to leave younger values alone'],
  });
}
