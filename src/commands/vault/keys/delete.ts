import type { SessionFlags } from '../../../aws/session.ts';
import { addPlanOptions, confirmPlan, type PlanOptions } from '../../../input/plan.ts';
import type { Verb } from '../../verb.ts';
import { withVault } from '../open.ts';
import { noSuchKey } from './no-such-key.ts';

export const verb: Verb<PlanOptions & SessionFlags> = {
  words: (command) =>
    addPlanOptions(command)
      .argument('<id>', 'an access key id: AKIA and 16 characters')
      .addHelpText('after', '\nExample:\n  latchkey vault keys delete AKIAIOSFODNN7EXAMPLE'),

  async run(context, [id], options) {
    await withVault(context, options, async ({ accessKeys }) => {
      const key = accessKeys.list().find(({ AccessKeyId }) => AccessKeyId === id);
      if (!key) throw noSuchKey(id!);
      const whose = key.UserName ? `user "${key.UserName}"` : 'the root';
      const lines = [`delete access key "${id}" of ${whose} of account ${key.Account}`, 'it cannot be brought back'];
      if (!(await confirmPlan(context, { lines, question: `Delete access key "${id}"?` }, options))) return;
      accessKeys.delete(id!);
      context.terminal.remark(`deleted access key "${id}"`);
    });
  },
};
