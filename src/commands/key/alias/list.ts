import { addListOptions, type ListOptions, writeList } from '../../../output/list.ts';
import { parseKey } from '../../../reference/reference.ts';
import type { Verb } from '../../verb.ts';
import { everyAlias } from '../pages.ts';

export const verb: Verb<ListOptions> = {
  words: (command) =>
    addListOptions(command)
      .argument('[key]', 'only the aliases of this key')
      .addHelpText('after', '\nExample:\n  latchkey key alias list'),

  async run(context, [text], options) {
    const { where, id } = text === undefined ? {} : parseKey(text);
    const { kms } = await context.clients(where);
    const target = id?.includes('alias/') ? await kms.describeKey({ KeyId: id }) : undefined;
    const items = await everyAlias(kms, context.terminal, target?.KeyMetadata?.KeyId ?? id);
    const columns = ['AliasName', 'TargetKeyId', 'LastUpdatedDate'];
    await writeList(context.terminal, { columns, items }, options);
  },
};
