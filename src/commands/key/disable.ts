import { addPlanOptions, confirmPlan, type PlanOptions } from '../../input/plan.ts';
import type { Verb } from '../verb.ts';
import { findKey } from './find-key.ts';

export const verb: Verb<PlanOptions> = {
  words: (command) =>
    addPlanOptions(command)
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .addHelpText(
        'after',
        '\nNothing that it encrypted can be read until it is enabled again.\n\nExample:\n  latchkey key disable alias/app',
      ),

  async run(context, [text], options) {
    const { kms, id, said } = await findKey(context, text!);
    const lines = [
      `disable ${said}`,
      'what it encrypted cannot be read, secrets and parameters too, until it is enabled',
    ];
    if (!(await confirmPlan(context, { lines, question: 'Disable it?' }, options))) return;
    await kms.disableKey({ KeyId: id });
    context.terminal.remark(`${said} is disabled; back with "latchkey key enable ${text}"`);
  },
};
