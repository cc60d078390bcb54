import { addPlanOptions, confirmPlan, type PlanOptions } from '../../../input/plan.ts';
import { parseKey } from '../../../reference/reference.ts';
import type { Verb } from '../../verb.ts';
import { aliasName } from './name.ts';

export const verb: Verb<PlanOptions> = {
  words: (command) =>
    addPlanOptions(command)
      .argument('<alias>', 'the name, like app or alias/app; made where there is none')
      .argument('<key>', 'the key it is for: id, ARN or another alias of it')
      .addHelpText(
        'after',
        '\nAsks before it moves an alias from one key to another.\n\nExample:\n  latchkey key alias set app 1234abcd-12ab-34cd-56ef-1234567890ab',
      ),

  async run(context, [name, key], options) {
    const alias = aliasName(name!);
    const { where, id } = parseKey(key!);
    const { kms } = await context.clients(where);
    const [target, before] = await Promise.all([keyIdOf(id), keyIdOf(alias).catch(ignoreMissing)]);
    if (before !== target) {
      const now = before === undefined ? [] : [`it names key "${before}" now, which stays as it is`];
      const plan = { lines: [`let "${alias}" name key "${target}"`, ...now], question: `Move "${alias}"?` };
      const yes = options.yes || before === undefined;
      if (!(await confirmPlan(context, plan, { ...options, yes }))) return;
      const naming = { AliasName: alias, TargetKeyId: target };
      await (before === undefined ? kms.createAlias(naming) : kms.updateAlias(naming));
    }
    context.terminal.remark(`"${alias}" names key "${target}"`);

    async function keyIdOf(KeyId: string): Promise<string> {
      return (await kms.describeKey({ KeyId })).KeyMetadata!.KeyId!;
    }
  },
};

function ignoreMissing(error: Error): undefined {
  if (error.name !== 'NotFoundException') throw error;
}
