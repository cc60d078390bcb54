import { addPlanOptions, confirmPlan, type PlanOptions } from '../../../input/plan.ts';
import type { Verb } from '../../verb.ts';
import { wholeSecret } from '../whole.ts';

export const verb: Verb<PlanOptions> = {
  words: (command) =>
    addPlanOptions(command)
      .argument('<name>', 'name or ARN of a secret')
      .addHelpText('after', '\nExample:\n  latchkey secret policy delete prod/db'),

  async run(context, [name], options) {
    const { where, id } = wholeSecret(name!);
    const { secretsManager } = await context.clients(where);
    const lines = [`delete the policy of secret "${id}"`, `keep a copy: "latchkey secret policy get ${id}"`];
    if (!(await confirmPlan(context, { lines, question: 'Delete it?' }, options))) return;
    await secretsManager.deleteResourcePolicy({ SecretId: id });
    context.terminal.remark(`secret "${id}" has no policy of its own`);
  },
};
