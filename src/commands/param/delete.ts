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

/** Throws code `partial`, after it has said of each parameter what came of it, unless all are deleted or none is. */
async function deleteMany(ssm: Ssm, terminal: Terminal, names: string[]): Promise<void> {
  const fates = new Map(names.map((name) => [name, 'not deleted']));
  const settle = (fate: string, settled: string[] = []) => settled.forEach((name) => void fates.set(name, fate));
  let trouble: Error | undefined;
  for (const Names of batches(names)) {
    const answer = await ssm.deleteParameters({ Names }).catch((error: Error) => error);
    if (answer instanceof Error) {
      trouble = answer;
      break;
    }
    settle('deleted', answer.DeletedParameters);
    settle('not there', answer.InvalidParameters);
  }
  const left = names.filter((name) => fates.get(name) !== 'deleted');
  if (left.length === 0) return;
  if (left.length === names.length) throw trouble ?? noneIsThere(names);
  for (const [name, fate] of fates) terminal.say(`${fate}: "${name}"`);
  throw new UserError('partial', `${left.length} of ${names.length} parameters could not be deleted`, {
    hints: trouble && [`stopped by ${trouble.name}: run it again for those that are left`],
    cause: trouble,
  });
}

const noneIsThere = (names: string[]) =>
  new UserError('not-found', `none of the ${names.length} parameters is there`, {
    hints: ['see what there is: "latchkey param list"'],
  });
