import { UserError } from '../../errors.ts';
import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import type { Verb } from '../verb.ts';
import { addRotatorOptions, type RotatorOptions, withRotator } from './prepare.ts';

interface Options extends RotatorOptions, ListOptions {}

const words = `
Logs in, asks the server, and changes nothing. Other lengths and characters are asked for with "rotate now --length".

Example:
  latchkey rotate policy prod/db`;

export const verb: Verb<Options> = {
  words: (command) => addListOptions(addRotatorOptions(command)).addHelpText('after', words),

  async run(context, args, options) {
    await withRotator(context, args, options, async ({ current, rotator, given }) => {
      if (!rotator.policy) {
        throw new UserError('usage', `the rotator "${rotator.name}" asks nobody what a password is made of`, {
          hints: ['see what passwords can be made of: "latchkey secret random --help"'],
        });
      }
      const rules = await rotator.policy(current, given);
      const items = rules.map(({ name, value, from }) => ({ Rule: name, Value: value, From: from }));
      await writeList(context.terminal, { columns: ['Rule', 'Value', 'From'], items }, options);
    });
  },
};
