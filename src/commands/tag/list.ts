import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import type { Verb } from '../verb.ts';
import { taggedBy } from './tagged.ts';

export const verb: Verb<ListOptions> = {
  words: (command) =>
    addListOptions(command)
      .argument('<reference>', 'like secret:prod/db, param:/prod/url, key:alias/app')
      .addHelpText('after', '\nExample:\n  latchkey tag list secret:prod/db'),

  async run(context, [text], options) {
    const tags = await (await taggedBy(context, text!)).read();
    const items = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    await writeList(context.terminal, { columns: ['Key', 'Value'], items }, options);
  },
};
