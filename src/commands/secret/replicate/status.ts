import { addListOptions, type ListOptions, writeList } from '../../../output/list.ts';
import type { Verb } from '../../verb.ts';
import { wholeSecret } from '../whole.ts';

export const verb: Verb<ListOptions> = {
  words: (command) =>
    addListOptions(command)
      .argument('<name>', 'name or ARN of a secret')
      .addHelpText('after', '\nExample:\n  latchkey secret replicate status prod/db'),

  async run(context, [name], options) {
    const { where, id } = wholeSecret(name!);
    const { secretsManager } = await context.clients(where);
    const { ReplicationStatus = [], PrimaryRegion } = await secretsManager.describeSecret({ SecretId: id });
    if (PrimaryRegion) context.terminal.remark(`its primary Region is ${PrimaryRegion}`);
    const columns = ['Region', 'Status', 'StatusMessage', 'KmsKeyId', 'LastAccessedDate'];
    await writeList(context.terminal, { columns, items: ReplicationStatus }, options);
  },
};
