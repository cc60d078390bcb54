import type { SecretListEntry } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import { everyItem } from '../pages.ts';
import { dollars, prices } from '../prices.ts';
import type { Verb } from '../verb.ts';

interface Options extends ListOptions {
  days: number;
}

const dayLength = 86_400_000;

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(command)
      .option('--days <days>', 'for how long nobody has read it', readDays, 90)
      .addHelpText(
        'after',
        '\nWith what they cost, by the list price. AWS notes the day of the last read, hours late.\n\nExample:\n  latchkey secret unused --days 180',
      ),

  async run(context, _args, { days, ...options }) {
    const { secretsManager } = await context.clients();
    const all = await everyItem(
      context.terminal,
      (NextToken) => secretsManager.listSecrets({ NextToken, MaxResults: 100 }),
      (page) => page.SecretList,
    );
    const since = context.clock().getTime() - days * dayLength;
    const items = all.filter((secret) => lastSign(secret) <= since).map(withCost);
    const columns = ['Name', 'LastAccessedDate', 'CreatedDate', 'MonthlyCost'];
    await writeList(context.terminal, { columns, items }, options);
    const sum = items.reduce((total, { MonthlyCost }) => total + MonthlyCost, 0);
    context.terminal.remark(`${items.length} of ${all.length} secrets, ${dollars(sum)} a month`);
  },
};

function readDays(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new UserError('usage', `--days expects a number of days, got "${text}"`);
}

/** When it was last read; a secret that never was counts from its creation, and a replica is read for itself. */
const lastSign = ({ LastAccessedDate, CreatedDate }: SecretListEntry) =>
  (LastAccessedDate ?? CreatedDate)?.getTime() ?? 0;

const withCost = (secret: SecretListEntry) => ({ ...secret, MonthlyCost: prices.secret });
