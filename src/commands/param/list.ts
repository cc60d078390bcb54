import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import { everyItem } from '../pages.ts';
import type { Verb } from '../verb.ts';
import { addFilterOptions, type FilterOptions, filtersOf } from './filters.ts';
import { treeAt } from './whole.ts';

export const verb: Verb<ListOptions & FilterOptions> = {
  words: (command) =>
    addListOptions(addFilterOptions(command)).addHelpText(
      'after',
      '\nShows no values.\n\nExample:\n  latchkey param list --path /prod --type SecureString --tag team=red',
    ),

  async run(context, _args, options) {
    const tree = options.path === undefined ? undefined : treeAt(options.path.replace(/\/*$/, '/'));
    const { ssm } = await context.clients(tree?.where);
    const filters = filtersOf({ ...options, path: tree?.name });
    const ParameterFilters = filters.length > 0 ? filters : undefined;
    const items = await everyItem(
      context.terminal,
      (NextToken) => ssm.describeParameters({ ParameterFilters, MaxResults: 50, NextToken }),
      (page) => page.Parameters,
    );
    const columns = ['Name', 'Type', 'Tier', 'Version', 'LastModifiedDate'];
    await writeList(context.terminal, { columns, items }, options);
  },
};
