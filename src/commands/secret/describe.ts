import { addListOptions, type ListOptions, writeRecord } from '../../output/list.ts';
import type { Verb } from '../verb.ts';
import { wholeSecret } from './whole.ts';

export const verb: Verb<ListOptions> = {
  words: (command) =>
    addListOptions(command)
      .argument('<name>', 'name or ARN of a secret')
      .addHelpText(
        'after',
        '\nShows no value.\n\nExample:\n  latchkey secret describe prod/db --query KmsKeyId --output text',
      ),

  async run(context, [name], options) {
    const { where, id } = wholeSecret(name!);
    const { secretsManager } = await context.clients(where);
    await writeRecord(context.terminal, await secretsManager.describeSecret({ SecretId: id }), options);
  },
};
