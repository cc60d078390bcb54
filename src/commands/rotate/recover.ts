import { addPlanOptions, confirmPlan, type PlanOptions } from '../../input/plan.ts';
import { planRecovery, type Recovery, recover } from '../../rotation/recover.ts';
import type { PasswordOptions } from '../secret/password.ts';
import type { Verb } from '../verb.ts';
import { addNewPasswordOptions, type RotatorOptions, withRotator } from './prepare.ts';
import { showSteps } from './show-steps.ts';

interface Options extends RotatorOptions, PasswordOptions, PlanOptions {
  finish?: boolean;
  backOut?: boolean;
}

const words = `
Finds out by logging in which of the two values the service accepts, and finishes the rotation or backs out of it: then
AWSCURRENT logs in, and nothing is pending. Prints the id of the version that is current.

Examples:
  latchkey rotate recover prod/db --dry-run
  latchkey rotate recover prod/db --back-out --yes`;

export const verb: Verb<Options> = {
  words: (command) => {
    const finish = command.createOption('--finish', 'make the pending version current').conflicts('backOut');
    addPlanOptions(addNewPasswordOptions(command))
      .addOption(finish)
      .option('--back-out', 'keep the current version, and let go of the pending one')
      .addHelpText('after', words);
  },

  async run(context, args, options) {
    await withRotator(context, args, options, async ({ client, id, state, rotator, given }) => {
      const way = options.finish ? 'finish' : options.backOut ? 'back-out' : undefined;
      const plan = await planRecovery(client, id, rotator, { given, way });
      if (!plan) return context.terminal.remark(`nothing is pending: secret "${state.name}" needs no recovery`);
      if (!(await confirmPlan(context, { lines: linesOf(plan), question: 'Do it?' }, options))) return;
      const version = await recover(client, plan, rotator, { given, onStep: showSteps(context.terminal) });
      await context.terminal.write(`${version}\n`);
      context.terminal.remark(`version ${version} of secret "${state.name}" is current, and nothing is pending`);
    });
  },
};

const ways = {
  finish: ({ state }: Recovery) => `finish: version ${state.pending ?? state.current} becomes or stays current`,
  'back-out': ({ state }: Recovery) => `back out: version ${state.current} stays current, ${state.pending} is let go`,
  tidy: () => 'take labels away: nothing else is left to do',
};

const linesOf = (plan: Recovery) => [plan.why, ways[plan.way](plan)];
