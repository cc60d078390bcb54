import type { Context } from '../context.ts';
import { UserError } from '../errors.ts';
import { type FormatName, formatNames } from '../formats/formats.ts';
import { addListOptions } from '../output/list.ts';
import { type ApplyOptions, addApplyOptions, apply, requireApply } from './diff/apply.ts';
import { compare, differencesIn } from './diff/compare.ts';
import type { Comparing } from './diff/comparing.ts';
import type { Place } from './diff/difference.ts';
import { metaDifferences } from './diff/meta.ts';
import { addNameFilter, type NameFilter, nameFilter } from './diff/name-filter.ts';
import { type ShowOptions, show } from './diff/show.ts';
import { type Failure, readSides, reasonOf, requireWritable } from './diff/side.ts';
import type { Verb } from './verb.ts';

interface Options extends ShowOptions, NameFilter, ApplyOptions {
  asVariables?: boolean;
  meta?: boolean;
  fromFormat?: FormatName;
}

const words = `
Compares two references of any kind, key by key: versions of a secret, secrets, parameters, paths (param:/prod/app/,
secret:prod/), in other Regions, profiles and in the vault, files, and the environment, of which only the names that the
other side has are compared. Exit 1 where they differ. Values are shown as marks, which are the same for the same value
within one run, and by their size; in JSON and YAML the number 1 and the text "1" differ. "added" is what only the
second has. --apply makes the second like the first; run again it does what is left.

Examples:
  latchkey diff secret:prod/db:AWSPREVIOUS secret:prod/db
  latchkey diff file:expected.json secret:prod/db --output unified
  latchkey diff env: param:/prod/app/ --ignore 'LOG_*'
  latchkey diff secret:prod/ profile=test:secret:prod/ --apply --prune --dry-run`;

export const verb: Verb<Options> = {
  words: (command) =>
    addApplyOptions(addNameFilter(addListOptions(command, ['unified'])))
      .argument('<from>', "a reference: 'secret:prod/db', 'param:/prod/app/', 'file:.env', 'env:'")
      .argument('<to>', 'another')
      .option('--reveal', 'show values')
      .option('--meta', 'compare tags, descriptions, keys, policies, replicas, types and tiers, too')
      .option('--as-variables', 'compare names by the variables that they come to: db/user-name is DB_USER_NAME')
      .addOption(
        command
          .createOption('--from-format <format>', 'of "-", and of a file whose ending does not say it')
          .choices(formatNames),
      )
      .addHelpText('after', words),

  async run(context, [from, to], options) {
    const sources = [from!, to!] as const;
    requireOptions(sources, options);
    const [a, b] = await readSides(context, sources, { ...options, mayBeMissing: options.apply === true });
    const comparing = { asVariables: options.asVariables, wants: nameFilter(options) };
    const places = compare(a, b, comparing);
    const failed = [a, b].flatMap((side) => side.failed.map((one) => ({ ...one, source: side.source })));
    const exit = options.apply
      ? await apply(context, { places, b, ...comparing }, options)
      : await report(context, { sources, places, failed, comparing }, options);
    requireAllRead(context, failed);
    return exit;
  },
};

function requireOptions([from, to]: readonly [string, string], options: Options): void {
  requireApply(options);
  if (from === '-' && to === '-') throw new UserError('usage', 'standard input can be one side, not both');
  if (options.output === 'unified' && options.query) {
    throw new UserError('usage', '--query is for data, and --output unified is none', { hints: ['leave out one'] });
  }
  if (!options.apply) return;
  requireWritable(to);
  if (!options.meta) return;
  throw new UserError('usage', '--apply changes values alone, and --meta compares more', { hints: ['leave out one'] });
}

interface Found {
  readonly sources: readonly [string, string];
  readonly places: readonly Place[];
  readonly failed: Failure[];
  readonly comparing: Comparing;
}

async function report(context: Context, found: Found, options: Options): Promise<0 | 1> {
  const { sources, places, failed, comparing } = found;
  const values = differencesIn(places, comparing);
  const meta = options.meta ? await metaDifferences(context, sources) : undefined;
  failed.push(...(meta?.failed ?? []));
  const items = meta?.items.filter(({ Name }) => comparing.wants(Name));
  await show(context.terminal, { sources, values, meta: items }, options);
  return values.length + (items?.length ?? 0) > 0 ? 1 : 0;
}

/** What could not be read is no difference, and no sameness either. */
function requireAllRead({ terminal }: Context, failed: readonly Failure[]): void {
  for (const { name, source, error } of failed) terminal.say(`not read: "${name}" of "${source}" (${reasonOf(error)})`);
  if (failed.length === 0) return;
  throw new UserError('partial', `${failed.length} could not be read, and so not compared`);
}
