import type { SessionFlags } from '../../aws/session.ts';
import { addPlanOptions, confirmPlan, type PlanOptions } from '../../input/plan.ts';
import { newRecoveryKey, printRecoveryKey } from '../../vault/recovery-key.ts';
import type { Verb } from '../verb.ts';
import { withVault } from './open.ts';

interface Options extends SessionFlags, PlanOptions {
  remove?: boolean;
}

const words = `
A recovery key opens the vault when its key or passphrase is lost: write it down and keep it elsewhere. It is shown
once. To use it: "latchkey vault rekey --recovery-key".

Example:
  latchkey vault recovery-key`;

export const verb: Verb<Options> = {
  words: (command) =>
    addPlanOptions(command).option('--remove', 'the vault is to have none').addHelpText('after', words),

  async run(context, _args, options) {
    await withVault(context, options, async (vault) => {
      if (vault.header.recovery && !(await confirmPlan(context, planOf(options), options))) return;
      if (options.remove) {
        vault.setRecoveryKey(null);
        return context.terminal.remark('the vault has no recovery key');
      }
      const recovery = newRecoveryKey();
      vault.setRecoveryKey({ recovery });
      await context.terminal.write(`${printRecoveryKey(recovery)}\n`);
      context.terminal.remark('it is not shown again: write it down, and keep it where the vault is not');
    });
  },
};

const planOf = ({ remove }: Options) => ({
  lines: [
    'the recovery key that there is will no longer open the vault',
    ...(remove ? [] : ['a new one takes its place']),
  ],
  question: remove ? 'Remove the recovery key?' : 'Replace the recovery key?',
});
