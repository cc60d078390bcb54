import { UserError } from '../errors.ts';
import type { ServiceError } from './by-operation.ts';
import type { Subject } from './subject.ts';

/** KMS's own sentence about a key that is there and cannot be used; the other services quote it within theirs. */
const unusable = /(\S+) is (disabled|(?:not )?pending deletion|pending import)\b/;

/** What each state is called here, and the command that helps. */
const states: Readonly<Record<string, { state: string; cure: string }>> = {
  disabled: { state: 'disabled', cure: 'enable' },
  'pending deletion': { state: 'scheduled for deletion', cure: 'restore' },
  'pending import': { state: 'without its material', cure: 'import' },
  'not pending deletion': { state: 'not scheduled for deletion', cure: 'describe' },
};

/**
 * A key that is disabled, waits for its deletion or has no material, whichever service met it: which key, and how it is used again;
 * or one that was to be restored and does not wait.
 * Undefined for every other trouble.
 */
export function explainKey(error: ServiceError, { kind, name, what }: Subject): UserError | undefined {
  const [, arn, met] = unusable.exec(error.message) ?? [];
  if (!arn || !met) return undefined;
  const { state, cure } = states[met]!;
  const key = kind === 'key' ? name : arn;
  const message =
    kind === 'secret' || kind === 'parameter' ? `the key of ${what} is ${state}: "${key}"` : `key "${key}" is ${state}`;
  return new UserError('conflict', message, {
    hints: [`latchkey key ${cure} ${key}${cure === 'import' ? ' FILE' : ''}`],
    cause: error,
  });
}
