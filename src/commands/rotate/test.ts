import { UserError } from '../../errors.ts';
import { readVersion } from '../../rotation/read-version.ts';
import { versionOf } from '../secret/versions-of.ts';
import type { Verb } from '../verb.ts';
import { addRotatorOptions, type RotatorOptions, withRotator } from './prepare.ts';

interface Options extends RotatorOptions {
  stage?: string;
}

const words = `
Logs in, and changes nothing. Exit code 1 where the service does not let it in, 6 where the service does not answer.

Example:
  latchkey rotate test prod/db`;

export const verb: Verb<Options> = {
  words: (command) =>
    addRotatorOptions(command)
      .option('--stage <stage>', 'another version than the current one, like AWSPENDING')
      .addHelpText('after', words),

  async run(context, args, options) {
    return withRotator(context, args, options, async ({ client, state, current, rotator, given }) => {
      const { arn, name } = state;
      const id = options.stage === undefined ? current.id : await versionOf(client, arn, options.stage);
      const version = await readVersion({ client, arn }, id);
      try {
        await rotator.test(version, given);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        context.terminal.say(`version ${id} of secret "${name}" does not log in: ${error.message}`);
        return 1;
      }
      context.terminal.remark(`version ${id} of secret "${name}" logs in`);
      return undefined;
    });
  },
};

const isRefusal = (error: unknown): error is UserError =>
  error instanceof UserError && (error.code === 'denied' || error.code === 'partial');
