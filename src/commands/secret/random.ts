import { writeValue } from '../../output/value.ts';
import type { Verb } from '../verb.ts';
import { addPasswordOptions, type PasswordOptions, randomPassword } from './password.ts';

export const verb: Verb<PasswordOptions> = {
  words: (command) =>
    addPasswordOptions(command).addHelpText(
      'after',
      '\nExample:\n  latchkey secret random --length 24 --exclude-punctuation',
    ),

  async run(context, _args, options) {
    const { secretsManager } = await context.clients();
    await writeValue(context.terminal, await randomPassword(secretsManager, options));
  },
};
