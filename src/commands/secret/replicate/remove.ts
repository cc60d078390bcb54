import { addPlanOptions, confirmPlan, type PlanOptions } from '../../../input/plan.ts';
import type { Verb } from '../../verb.ts';
import { wholeSecret } from '../whole.ts';
import { readRegions } from './regions.ts';

export const verb: Verb<PlanOptions> = {
  words: (command) =>
    addPlanOptions(command)
      .argument('<name>', 'name or ARN of a secret')
      .argument('<region...>', 'Regions that are to have no replica of it')
      .addHelpText('after', '\nExample:\n  latchkey secret replicate remove prod/db eu-west-1'),

  async run(context, [name, ...texts], options) {
    const { where, id } = wholeSecret(name!);
    const regions = readRegions(texts).map(({ Region }) => Region!);
    const { secretsManager } = await context.clients(where);
    const lines = regions.map((region) => `delete the replica of "${id}" in ${region}, at once and for good`);
    if (!(await confirmPlan(context, { lines, question: 'Delete?' }, options))) return;
    await secretsManager.removeRegionsFromReplication({ SecretId: id, RemoveReplicaRegions: regions });
    context.terminal.remark(`secret "${id}" has no replica in ${regions.join(', ')}`);
  },
};
