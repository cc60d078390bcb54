import type { Kms } from '../../aws/services.ts';
import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import { dollars, prices } from '../prices.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Verb } from '../verb.ts';
import type { Thing } from './everything.ts';
import { addQueryOptions, found, type QueryOptions } from './query.ts';

interface Options extends ListOptions, QueryOptions {
  by: string;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(addQueryOptions(command))
      .requiredOption('--by <key>', 'the tag by whose values to add up')
      .addHelpText(
        'after',
        '\nWhat keeping them costs in this Region, by the list price; calls are extra.\n\nExample:\n  latchkey tag cost --by team',
      ),

  async run(context, _args, { by, ...options }) {
    const { kms } = await context.clients();
    const things = await found(context, options);
    const costs = await sideBySide(things, (thing) => costOf(kms, thing));
    const values = [...new Set(things.map(({ tags }) => tags[by]))].sort();
    const items = values.map((value) => {
      const own = things.filter(({ tags }) => tags[by] === value);
      const count = (kind: Thing['kind']) => own.filter((thing) => thing.kind === kind).length;
      const cost = own.reduce((sum, thing) => sum + costs[things.indexOf(thing)]!, 0);
      const counts = { Secrets: count('secret'), Parameters: count('param'), Keys: count('key') };
      return { [by]: value ?? null, ...counts, MonthlyCost: Math.round(cost * 100) / 100 };
    });
    await writeList(
      context.terminal,
      { columns: [by, 'Secrets', 'Parameters', 'Keys', 'MonthlyCost'], items },
      options,
    );
    const sum = costs.reduce((total, cost) => total + cost, 0);
    context.terminal.remark(`${dollars(sum)} a month`);
  },
};

async function costOf(kms: Kms, { kind, id, tier }: Thing): Promise<number> {
  if (kind === 'secret') return prices.secret;
  if (kind === 'param') return tier === 'Advanced' ? prices.advanced : 0;
  const { Rotations = [] } = await kms.listKeyRotations({ KeyId: id, Limit: prices.mostRotations });
  return prices.key + prices.rotation * Math.min(Rotations.length, prices.mostRotations);
}
