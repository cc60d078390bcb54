import { UserError } from '../../../errors.ts';
import { day } from '../../day.ts';
import type { Verb } from '../../verb.ts';
import { findKey } from '../find-key.ts';

interface Options {
  days: number;
}

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .option('--days <days>', 'how often, every 90 to 2560 days', readDays, 365)
      .addHelpText(
        'after',
        '\nFrom each rotation on it encrypts with new material; what it encrypted before still opens.\n\nExample:\n  latchkey key rotate on alias/app --days 180',
      ),

  async run(context, [text], { days }) {
    const { kms, id, said } = await findKey(context, text!);
    await kms.enableKeyRotation({ KeyId: id, RotationPeriodInDays: days });
    const { NextRotationDate } = await kms.getKeyRotationStatus({ KeyId: id });
    const next = NextRotationDate ? `, next on ${day(NextRotationDate)}` : '';
    context.terminal.remark(`${said} rotates every ${days} days${next}`);
  },
};

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 90 && days <= 2560) return days;
  throw new UserError('usage', `--days expects 90 to 2560 days, got "${text}"`);
}
