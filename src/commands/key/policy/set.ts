import { addPlanOptions, confirmPlan, type PlanOptions } from '../../../input/plan.ts';
import { addValueOptions, readValue, type ValueOptions } from '../../../input/value.ts';
import { readPolicy } from '../../policy.ts';
import type { Verb } from '../../verb.ts';
import { findKey } from '../find-key.ts';

interface Options extends ValueOptions, PlanOptions {
  lockOut?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addPlanOptions(addValueOptions(command))
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .option('--lock-out', 'even where nobody could change the policy afterwards')
      .addHelpText(
        'after',
        '\nReads a policy as JSON.\n\nExample:\n  latchkey key policy set alias/app --value-file policy.json',
      ),

  async run(context, [text], options) {
    const { kms, id, said } = await findKey(context, text!);
    const Policy = readPolicy(await readValue(context, options, { question: 'Policy (JSON)' }));
    const lines = [`replace the policy of ${said}`, `see the one that goes: "latchkey key policy get ${text}"`];
    if (!(await confirmPlan(context, { lines, question: 'Replace it?' }, options))) return;
    await kms.putKeyPolicy({ KeyId: id, Policy, BypassPolicyLockoutSafetyCheck: options.lockOut });
    context.terminal.remark(`${said} has a new policy`);
  },
};
