import { addPlanOptions, confirmPlan, type PlanOptions } from '../../../input/plan.ts';
import { addValueOptions, readValue, type ValueOptions } from '../../../input/value.ts';
import { readPolicy } from '../../policy.ts';
import type { Verb } from '../../verb.ts';
import { wholeSecret } from '../whole.ts';

interface Options extends ValueOptions, PlanOptions {
  allowPublic?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addPlanOptions(addValueOptions(command))
      .argument('<name>', 'name or ARN of a secret')
      .option('--allow-public', 'even where everybody could read it then')
      .addHelpText(
        'after',
        '\nReads a policy as JSON.\n\nExample:\n  latchkey secret policy set prod/db --value-file policy.json',
      ),

  async run(context, [name], options) {
    const { where, id } = wholeSecret(name!);
    const policy = readPolicy(await readValue(context, options, { question: 'Policy (JSON)' }));
    const { secretsManager } = await context.clients(where);
    const { ResourcePolicy } = await secretsManager.getResourcePolicy({ SecretId: id });
    const replaces = ResourcePolicy ? ['the one that it has now goes'] : [];
    const lines = [`let a policy of its own say who may use secret "${id}"`, ...replaces];
    const yes = options.yes || !ResourcePolicy;
    if (!(await confirmPlan(context, { lines, question: 'Set it?' }, { ...options, yes }))) return;
    await secretsManager.putResourcePolicy({
      ...{ SecretId: id, ResourcePolicy: policy },
      BlockPublicPolicy: !options.allowPublic,
    });
    context.terminal.remark(`secret "${id}" has a new policy`);
  },
};
