import type { Ssm } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { addPlanOptions, confirmPlan, type PlanOptions } from '../../input/plan.ts';
import type { Verb } from '../verb.ts';
import { batches } from './read-batches.ts';
import { keepCopies } from './undo.ts';
import { onePlace, wholeParameter } from './whole.ts';

interface Options extends PlanOptions {
  keepUndo?: number;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addPlanOptions(command)
      .argument('<name...>', 'names of parameters')
      .option(
        '--keep-undo <days>',
        'seal a copy in the local vault, for 7 to 30 days: "param restore" brings it back',
        readDays,
      )
      .addHelpText(
        'after',
        '\nAll versions go; AWS knows no way back.\n\nExamples:\n  latchkey param delete /prod/app/url --yes\n  latchkey param delete /prod/app/url --keep-undo 7',
      ),

  async run(context, texts, options) {
    const parameters = texts.map(wholeParameter);
    const names = [...new Set(parameters.map(({ name }) => name))];
    const where = onePlace(parameters);
    const { ssm } = await context.clients(where);
    const lines = [...names.map((name) => `delete parameter "${name}"`), wayBack(options)];
    const question = names.length === 1 ? `Delete "${names[0]}"?` : `Delete these ${names.length} parameters?`;
    if (!(await confirmPlan(context, { lines, question }, options))) return;
    if (options.keepUndo) await keepCopies(context, { ssm, where, names, days: options.keepUndo });
    if (names.length === 1) await ssm.deleteParameter({ Name: names[0] });
    else await deleteMany(ssm, context.terminal, names);
    context.terminal.remark(
      names.length === 1 ? `deleted parameter "${names[0]}"` : `deleted ${names.length} parameters`,
    );
  },
};

const wayBack = ({ keepUndo }: Options) =>
  keepUndo
    ? `with all versions; a sealed copy stays in the local vault for ${keepUndo} days`
    : 'with all versions, and with no way back';

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 7 && days <= 30) return days;
  throw new UserError('usage', `--keep-undo expects 7 to 30 days, got "${text}"`);
}

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
