import type { Filter } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import { everyItem } from '../pages.ts';
import { splitPair } from '../tags.ts';
import type { Verb } from '../verb.ts';

const filterKeys = ['name', 'description', 'tag-key', 'tag-value', 'primary-region', 'owning-service', 'all'] as const;
const isFilterKey = (key: string): key is (typeof filterKeys)[number] => filterKeys.includes(key as never);

interface Options extends ListOptions {
  filter?: Filter[];
  includeDeleted?: boolean;
  sort?: keyof typeof sorts;
  descending?: boolean;
}

/** How `--sort` is spelled, and what AWS calls it. */
const sorts = {
  name: 'name',
  created: 'created-date',
  changed: 'last-changed-date',
  accessed: 'last-accessed-date',
} as const;

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(command)
      .option(
        '--filter <key=value>',
        `only where this begins so: ${filterKeys.join(', ')}; again for more, all of which must hold`,
        readFilter,
      )
      .option('--include-deleted', 'also those that are scheduled for deletion')
      .addOption(
        command
          .createOption('--sort <by>', 'the oldest first, or by name (default: created)')
          .choices(Object.keys(sorts)),
      )
      .option('--descending', 'the other way round')
      .addHelpText(
        'after',
        '\nExample:\n  latchkey secret list --filter name=prod/ --filter tag-key=team --sort changed --descending',
      ),

  async run(context, _args, options) {
    const { secretsManager } = await context.clients();
    const items = await everyItem(
      context.terminal,
      (NextToken) =>
        secretsManager.listSecrets({
          NextToken,
          MaxResults: 100,
          IncludePlannedDeletion: options.includeDeleted,
          Filters: options.filter,
          ...sortOf(options),
        }),
      (page) => page.SecretList,
    );
    const columns = ['Name', 'Description', 'LastChangedDate', ...(options.includeDeleted ? ['DeletedDate'] : [])];
    await writeList(context.terminal, { columns, items }, options);
  },
};

function sortOf({ sort, descending }: Options) {
  if (sort === undefined && !descending) return {};
  return { SortBy: sorts[sort ?? 'created'], SortOrder: descending ? 'desc' : 'asc' } as const;
}

/** A filter of its own for each: within one filter AWS would take either value. */
function readFilter(text: string, before: Filter[] = []): Filter[] {
  const [key, value] = splitPair(text, '--filter');
  if (isFilterKey(key)) return [...before, { Key: key, Values: [value] }];
  throw new UserError('usage', `--filter expects one of ${filterKeys.join(', ')}, got "${key}"`);
}
