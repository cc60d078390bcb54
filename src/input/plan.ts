import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { UserError } from '../errors.ts';

export interface PlanOptions {
  dryRun?: boolean;
  yes?: boolean;
}

interface Plan {
  /** What would be done, a line each. */
  lines: readonly string[];
  question: string;
}

/** Adds `--dry-run` and `--yes`. */
export const addPlanOptions = (command: Command): Command =>
  command.option('--dry-run', 'show what would be done, and do nothing').option('--yes', 'do not ask');

/** Shows a plan and resolves to whether to go on. Throws code `usage` where nobody can be asked and `--yes` is missing. */
export async function confirmPlan({ terminal }: Context, plan: Plan, { dryRun, yes }: PlanOptions): Promise<boolean> {
  if (dryRun || !yes) for (const line of plan.lines) terminal.say(line);
  if (dryRun) return false;
  if (yes) return true;
  if (terminal.inIsTTY && terminal.errIsTTY) return terminal.confirm(plan.question);
  throw new UserError('usage', 'this needs a yes, and nobody can be asked', {
    hints: ['nothing was done; to do it: --yes', 'to see what would be done: --dry-run'],
  });
}
