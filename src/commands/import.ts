import type { Context } from '../context.ts';
import { formatNames } from '../formats/formats.ts';
import { addPlanOptions, confirmPlan } from '../input/plan.ts';
import type { Entry } from './entries/entries.ts';
import { applyChanges } from './entries/write-entries.ts';
import { doEach } from './fates.ts';
import { type Comparison, compare } from './import/compare.ts';
import { type Consignment, deliveriesOf, requirePlaces } from './import/deliveries.ts';
import { readIncoming } from './import/incoming.ts';
import type { ImportOptions } from './import/options.ts';
import { monthlyCost, planLines } from './import/plan.ts';
import { readRouteRule } from './import/route.ts';
import { dollars } from './prices.ts';
import { readTags } from './read-tags.ts';
import { addTagOption } from './tags.ts';
import type { Verb } from './verb.ts';

const words = `
Into the keys of a secret (secret:prod/app), parameters below a path (param:/prod/app/) or secrets below one
(secret:prod/). The plan names what is added, changed and removed, and never shows a value. Run again, it writes only
what is missing or different.

With --route auto, rules that the plan names say of each value where it goes: what looks like a password, a token, a key
or a URL with a password becomes a secret; numbers, switches, hosts, paths and other URLs become parameters of type
String, and all else SecureStrings.

Examples:
  latchkey import app.env secret:prod/app --dry-run
  latchkey import app.json param:/prod/app/ --prune --yes
  latchkey import .env --route auto --secrets-to secret:prod/app --config-to param:/prod/app/`;

export const verb: Verb<ImportOptions> = {
  words: (command) =>
    addPlanOptions(addTagOption(command))
      .argument('<file>', 'a file; "-" is standard input')
      .argument('[target]', 'a secret, or a path that ends with a slash, of secrets or of parameters')
      .addOption(
        command
          .createOption('--format <format>', "of the file (default: by its name's ending)")
          .choices([...formatNames]),
      )
      .option('--prune', 'remove what is there and not in the file')
      .option('--skip-existing', 'leave alone what is there already')
      .addOption(
        command
          .createOption('--type <type>', 'of new parameters (default: SecureString)')
          .choices(['String', 'SecureString']),
      )
      .option('--kms-key <key>', 'the key that encrypts what is new')
      .addOption(command.createOption('--route <how>', 'choose a service for each value by rules').choices(['auto']))
      .option('--secrets-to <reference>', 'where secrets go: secret:prod/app for keys, secret:prod/app/ for one each')
      .option('--config-to <path>', 'where configuration goes: param:/prod/app/')
      .option('--route-rule <name=secret|config>', 'decide for one name; again for more', readRouteRule)
      .addHelpText('after', words),

  async run(context, [file, target], options) {
    requirePlaces(target, options);
    readTags(options.tag ?? []);
    const { entries, isTyped } = await readIncoming(context, file!, options.format);
    const consignments = deliveriesOf(entries, target, options);
    const comparisons: Comparison[] = [];
    for (const one of consignments) comparisons.push(await compare(context, one, { ...options, isTyped }));
    const count = comparisons.reduce((sum, { changes }) => sum + changes.length, 0);
    if (count === 0) {
      context.terminal.remark('all of it is there already');
      return undefined;
    }
    const lines = linesOf(comparisons, consignments);
    const question = count === 1 ? 'Make this change?' : `Make these ${count} changes?`;
    if (!(await confirmPlan(context, { lines, question }, options))) return undefined;
    await apply(context, comparisons, options);
    context.terminal.remark(`changed ${count}; ${unchanged(entries, comparisons)} are as they were`);
    return undefined;
  },
};

function linesOf(comparisons: readonly Comparison[], consignments: readonly Consignment[]): string[] {
  const cost = comparisons.reduce((sum, one) => sum + monthlyCost(one), 0);
  return [
    ...comparisons.flatMap((one, index) => planLines(one, consignments[index]!.why)),
    ...(cost > 0 ? [`together ${dollars(cost)} a month more, by the list price; calls are extra`] : []),
  ];
}

const unchanged = (entries: readonly Entry[], comparisons: readonly Comparison[]) =>
  entries.length - comparisons.flatMap(({ changes }) => changes).filter(({ entry }) => entry).length;

async function apply(context: Context, comparisons: readonly Comparison[], { kmsKey, tag }: ImportOptions) {
  const items = comparisons.filter(({ changes }) => changes.length > 0);
  await doEach(context.terminal, {
    items,
    said: ({ target, changes }) => `${changes.length} in "${target}"`,
    work: ({ target, changes, before }) => applyChanges(context, target, changes, { before, kmsKey, tags: tag }),
  });
}
