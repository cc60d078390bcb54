import type { SessionFlags } from '../../../aws/session.ts';
import { addListOptions, type ListOptions, writeList } from '../../../output/list.ts';
import type { Verb } from '../../verb.ts';
import { withVault } from '../open.ts';

export const verb: Verb<ListOptions & SessionFlags> = {
  words: (command) =>
    addListOptions(command).addHelpText('after', '\nShows no secret.\n\nExample:\n  latchkey vault keys list'),

  async run(context, _args, options) {
    const items = await withVault(context, options, ({ accessKeys }) => accessKeys.list());
    const columns = ['AccessKeyId', 'Account', 'UserName', 'Status', 'CreateDate', 'LastUsedDate', 'Description'];
    await writeList(context.terminal, { columns, items }, options);
  },
};
