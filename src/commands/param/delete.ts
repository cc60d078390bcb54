import type { Ssm } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { addPlanOptions, confirmPlan, type PlanOptions } from '../../input/plan.ts';
import type { Verb } from '../verb.ts';
import { batches } from './read-parameters.ts';
import { onePlace, wholeParameter } from './whole.ts';

export const verb: Verb<PlanOptions> = {
  words: (command) =>
    addPlanOptions(command)
      .argument('<name...>', 'names of parameters')
      .addHelpText(
        'after',
        '\nAll versions go, with no way back.\n\nExample:\n  latchkey param delete /prod/app/url --yes',
      ),

  async run(context, texts, options) {
    const parameters = texts.map(wholeParameter);
    const names = [...new Set(parameters.map(({ name }) => name))];
    const { ssm } = await context.clients(onePlace(parameters));
    const lines = [...names.map((name) => `delete parameter "${name}"`), 'with all versions, and with no way back'];
    const question = names.length === 1 ? `Delete "${names[0]}"?` : `Delete these ${names.length} parameters?`;
    if (!(await confirmPlan(context, { lines, question }, options))) return;
    if (names.length === 1) await ssm.deleteParameter({ Name: names[0] });
    else await deleteMany(ssm, context.terminal, names);
    context.terminal.remark(
      names.length === 1 ? `deleted parameter "${names[0]}"` : `deleted ${names.length} parameters`,
    );
  },
};

/** Throws code `partial`, after it has said of each parameter whether it is deleted, unless all are or none is. */
async function deleteMany(ssm: Ssm, terminal: Terminal, names: string[]): Promise<void> {
  const deleted = new Set<string>();
  let trouble: unknown;
  for (const Names of batches(names)) {
    try {
      const { DeletedParameters = [] } = await ssm.deleteParameters({ Names });
      for (const name of DeletedParameters) deleted.add(name);
    } catch (error) {
      trouble = error;
      break;
    }
  }
  if (deleted.size === names.length) return;
  if (deleted.size === 0)
    throw trouble ?? new UserError('not-found', `none of the ${names.length} parameters is there`);
  for (const name of names) terminal.say(`${deleted.has(name) ? 'deleted' : 'not deleted'}: "${name}"`);
  throw new UserError('partial', `${names.length - deleted.size} of ${names.length} parameters were not deleted`, {
    hints: [trouble ? 'type it again: only those that are left will be tried' : ''],
    cause: trouble,
  });
}
