import { UserError } from '../../errors.ts';
import { addPlanOptions, confirmPlan, type PlanOptions } from '../../input/plan.ts';
import { day } from '../day.ts';
import type { Verb } from '../verb.ts';
import { findKey } from './find-key.ts';
import { everyAlias } from './pages.ts';

interface Options extends PlanOptions {
  days: number;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addPlanOptions(command)
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .option('--days <days>', 'how long it waits, 7 to 30', readDays, 30)
      .addHelpText(
        'after',
        '\nUntil then "key restore" takes it back; what it encrypted cannot be read meanwhile.\n\nExample:\n  latchkey key delete alias/app --days 7',
      ),

  async run(context, [text], options) {
    const { kms, id, said, metadata } = await findKey(context, text!);
    if (metadata.DeletionDate) throw waiting(said, metadata.DeletionDate, text!);
    const [aliases, used] = await Promise.all([
      everyAlias(kms, context.terminal, id),
      kms.getKeyLastUsage({ KeyId: id }).catch(() => undefined),
    ]);
    const goes = new Date(context.clock().getTime() + options.days * 86_400_000);
    const last = used?.KeyLastUsage?.Timestamp;
    const lines = [
      `delete ${said} in ${options.days} days, on ${day(goes)}`,
      'what it encrypted is lost then, and cannot be read from now on',
      ...aliases.map(({ AliasName }) => `its name "${AliasName}" goes with it`),
      ...(last ? [`it was last used on ${day(last)}`] : []),
    ];
    if (!(await confirmPlan(context, { lines, question: 'Schedule its deletion?' }, options))) return;
    const { DeletionDate } = await kms.scheduleKeyDeletion({ KeyId: id, PendingWindowInDays: options.days });
    context.terminal.remark(`${said} goes on ${day(DeletionDate!)}; keep it with "latchkey key restore ${text}"`);
  },
};

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 7 && days <= 30) return days;
  throw new UserError('usage', `--days expects 7 to 30 days, got "${text}"`);
}

const waiting = (said: string, date: Date, text: string) =>
  new UserError('conflict', `${said} is scheduled for deletion on ${day(date)}`, {
    hints: [`keep it with "latchkey key restore ${text}"`],
  });
