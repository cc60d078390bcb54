import type { Verb } from '../verb.ts';
import { wholeSecret } from './whole.ts';

export const verb: Verb = {
  words: (command) =>
    command
      .argument('<name>', 'name or ARN of a secret that is scheduled for deletion')
      .addHelpText('after', '\nExample:\n  latchkey secret restore prod/db'),

  async run(context, [name]) {
    const { where, id } = wholeSecret(name!);
    const { secretsManager } = await context.clients(where);
    const { Name } = await secretsManager.restoreSecret({ SecretId: id });
    context.terminal.remark(`secret "${Name}" is back`);
  },
};
