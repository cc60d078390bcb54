import type { Verb } from '../../verb.ts';
import { wholeSecret } from '../whole.ts';

export const verb: Verb = {
  words: (command) =>
    command
      .argument('<name>', 'name or ARN of a replica, in its own Region')
      .addHelpText(
        'after',
        '\nIt becomes a secret of its own, and no longer follows its primary.\n\nExample:\n  latchkey secret replicate promote prod/db --region eu-west-1',
      ),

  async run(context, [name]) {
    const { where, id } = wholeSecret(name!);
    const { secretsManager } = await context.clients(where);
    const { ARN } = await secretsManager.stopReplicationToReplica({ SecretId: id });
    await context.terminal.write(`${ARN}\n`);
    context.terminal.remark(`"${id}" is a secret of its own now`);
  },
};
