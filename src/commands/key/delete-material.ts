import { addPlanOptions, confirmPlan, type PlanOptions } from '../../input/plan.ts';
import type { Verb } from '../verb.ts';
import { findKey } from './find-key.ts';

interface Options extends PlanOptions {
  material?: string;
}

const words = `
At once, without a waiting period. The key stays, and is good again when "key import" brings the same material.

Example:
  latchkey key delete-material alias/mine`;

export const verb: Verb<Options> = {
  words: (command) =>
    addPlanOptions(command)
      .argument('<key>', 'alias/NAME, id or ARN of a key whose material was imported')
      .option('--material <id>', 'which one, as "key rotate history --all" has it (default: the current one)')
      .addHelpText('after', words),

  async run(context, [text], options) {
    const { kms, id, said } = await findKey(context, text!);
    const lines = [
      `delete ${options.material ? `material "${options.material}"` : 'the imported material'} of ${said}`,
      'nothing can be done with it until the same material is imported again: keep a copy',
    ];
    if (!(await confirmPlan(context, { lines, question: 'Delete it?' }, options))) return;
    await kms.deleteImportedKeyMaterial({ KeyId: id, KeyMaterialId: options.material });
    context.terminal.remark(`${said} has no material; bring it back with "latchkey key import ${text} FILE"`);
  },
};
