import { UserError } from '../../../errors.ts';
import { writeValue } from '../../../output/value.ts';
import type { Verb } from '../../verb.ts';
import { wholeSecret } from '../whole.ts';

export const verb: Verb = {
  words: (command) =>
    command
      .argument('<name>', 'name or ARN of a secret')
      .addHelpText('after', '\nExample:\n  latchkey secret policy get prod/db > policy.json'),

  async run(context, [name]) {
    const { where, id } = wholeSecret(name!);
    const { secretsManager } = await context.clients(where);
    const { ResourcePolicy } = await secretsManager.getResourcePolicy({ SecretId: id });
    if (ResourcePolicy) return writeValue(context.terminal, ResourcePolicy).then(() => undefined);
    throw new UserError('not-found', `secret "${id}" has no policy of its own`, {
      hints: [`to give it one: "latchkey secret policy set ${id}"`],
    });
  },
};
