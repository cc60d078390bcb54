import { addPlanOptions, confirmPlan, type PlanOptions } from '../../../input/plan.ts';
import type { Verb } from '../../verb.ts';
import { aliasName } from './name.ts';

export const verb: Verb<PlanOptions> = {
  words: (command) =>
    addPlanOptions(command)
      .argument('<alias>', 'the name, like app or alias/app')
      .addHelpText('after', '\nThe key itself stays.\n\nExample:\n  latchkey key alias remove app'),

  async run(context, [name], options) {
    const alias = aliasName(name!);
    const { kms } = await context.clients();
    const { KeyMetadata } = await kms.describeKey({ KeyId: alias });
    const lines = [`remove "${alias}" from key "${KeyMetadata!.KeyId}"`, 'the key itself stays as it is'];
    if (!(await confirmPlan(context, { lines, question: `Remove "${alias}"?` }, options))) return;
    await kms.deleteAlias({ AliasName: alias });
    context.terminal.remark(
      `removed "${alias}"; set it again with "latchkey key alias set ${alias} ${KeyMetadata!.KeyId}"`,
    );
  },
};
