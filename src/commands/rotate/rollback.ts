import { rotate } from '../../rotation/steps.ts';
import type { Verb } from '../verb.ts';
import { type Consumers, tellConsumers } from './consumers.ts';
import { addRotatorOptions, type RotatorOptions, withRotator } from './prepare.ts';
import { showSteps } from './show-steps.ts';

interface Options extends RotatorOptions, Consumers {}

const words = `
The version AWSPREVIOUS becomes current again, and the service accepts its password again: unlike "secret rollback",
which moves the label alone. A second rollback takes the first one back. Prints the id of the version.

Example:
  latchkey rotate rollback prod/db`;

export const verb: Verb<Options> = {
  words: (command) =>
    addRotatorOptions(command)
      .option('--notify <program>', 'run this once it is done; its arguments are the name and the version')
      .option('--restart <unit>', 'restart this unit of systemd once it is done')
      .addHelpText('after', words),

  async run(context, args, options) {
    await withRotator(context, args, options, async ({ client, id, rotator, given }) => {
      const onStep = showSteps(context.terminal);
      const done = await rotate(client, id, rotator, { given, onStep, back: true });
      await context.terminal.write(`${done.version}\n`);
      context.terminal.remark(`secret "${done.name}" is back at version ${done.version}`);
      await tellConsumers(context, done, options);
    });
  },
};
