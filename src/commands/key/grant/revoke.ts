import { addPlanOptions, confirmPlan, type PlanOptions } from '../../../input/plan.ts';
import type { Verb } from '../../verb.ts';
import { findKey } from '../find-key.ts';
import { findGrant, linesOf } from './find-grant.ts';

const words = `
Whoever got it may no longer use the key by it; elsewhere that may take minutes.

Example:
  latchkey key grant revoke alias/app 0c237476b39f8bc44e45212e08498fbe3151305030726c0590dd8d3e9f3d6a60`;

export const verb: Verb<PlanOptions> = {
  words: (command) =>
    addPlanOptions(command)
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .argument('<grant-id>', 'as "key grant list" has it')
      .addHelpText('after', words),

  async run(context, [text, grantId], options) {
    const { kms, id, said } = await findKey(context, text!);
    const grant = await findGrant(kms, { id, said, text: text!, grantId: grantId! });
    const lines = linesOf('revoke', grant, said);
    if (!(await confirmPlan(context, { lines, question: 'Revoke it?' }, options))) return;
    await kms.revokeGrant({ KeyId: id, GrantId: grantId });
    context.terminal.remark(`revoked grant "${grantId}"`);
  },
};
