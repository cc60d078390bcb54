import type { Context } from '../../context.ts';
import type { Keyring } from '../../envelope/keyring.ts';
import type { Rewrapping } from '../../envelope/rewrap.ts';
import { UserError } from '../../errors.ts';
import { confirmPlan, type PlanOptions } from '../../input/plan.ts';
import { whoOf } from './describe.ts';

/** Throws code `usage` where somebody who is to stay cannot, or nobody is left. */
export function requireKept({ fates, wrapped }: Rewrapping): void {
  const lost = fates.find(({ fate }) => fate === 'lost');
  if (lost) {
    throw new UserError('usage', `"${whoOf(lost.wrapped)}" cannot stay without its key: the file is signed`, {
      hints: [
        'name its key, too: --kms-key, --key-file or --passphrase',
        `or take it out: --remove ${whoOf(lost.wrapped)}`,
      ],
    });
  }
  if (wrapped.length > 0) return;
  throw new UserError('usage', 'nobody could open it any more', { hints: ['leave somebody, or add somebody'] });
}

interface Planned {
  add: readonly Keyring[];
  said: string;
  options: PlanOptions;
}

const doing = { stays: 'keep', again: 'wrap anew for', goes: 'remove', lost: 'lose' } as const;

/** Shows what becomes of each who could open it, and resolves to whether to go on. */
export function confirmRewrap(
  context: Context,
  rewrapping: Rewrapping,
  { add, said, options }: Planned,
): Promise<boolean> {
  const body = rewrapping.keepsBody ? 'leave the text sealed as it is' : 'seal the text anew';
  const lines = [
    ...rewrapping.fates.map(({ wrapped, fate }) => `${doing[fate]} ${whoOf(wrapped)}`),
    ...add.map(({ name }) => `add ${name}`),
    body,
  ];
  return confirmPlan(context, { lines, question: `Change who can open ${said}?` }, options);
}
