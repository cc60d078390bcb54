import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import type { Verb } from '../verb.ts';
import { addQueryOptions, found, type QueryOptions } from './query.ts';

export const verb: Verb<QueryOptions & ListOptions> = {
  words: (command) =>
    addListOptions(addQueryOptions(command)).addHelpText(
      'after',
      '\nAmong secrets, parameters and customer keys of this Region.\n\nExample:\n  latchkey tag find --where team=red --where env --kind secret',
    ),

  async run(context, _args, options) {
    const things = await found(context, options);
    const items = things.map(({ kind, name, tags }) => ({ Kind: kind, Name: name, Tags: tags }));
    if (options.output !== 'table' && (options.output || options.query || !context.terminal.outIsTTY)) {
      return writeList(context.terminal, { columns: [], items }, options).then(() => undefined);
    }
    const shown = items.map((item) => ({ ...item, Tags: Object.entries(item.Tags).map((pair) => pair.join('=')) }));
    await writeList(context.terminal, { columns: ['Kind', 'Name', 'Tags'], items: shown }, options);
  },
};
