import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import { everyItem } from '../pages.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<ListOptions> = {
  words: (command) =>
    addListOptions(command)
      .argument('<text...>', 'parts of the name, all of which must be in it; capitals or not')
      .addHelpText('after', '\nShows no values.\n\nExample:\n  latchkey param find prod url'),

  async run(context, texts, options) {
    const { ssm } = await context.clients();
    const all = await everyItem(
      context.terminal,
      (NextToken) => ssm.describeParameters({ MaxResults: 50, NextToken }),
      (page) => page.Parameters,
    );
    const wanted = texts.map((text) => text.toLowerCase());
    const items = all.filter(({ Name }) => wanted.every((text) => Name!.toLowerCase().includes(text)));
    await writeList(context.terminal, { columns: ['Name', 'Type', 'Version', 'LastModifiedDate'], items }, options);
  },
};
