import type { Damage, EnvelopeError } from '../../envelope/errors.ts';
import type { Policy } from '../../envelope/policy.ts';
import { UserError } from '../../errors.ts';

const reasons: Readonly<Record<Damage, string>> = {
  header: 'its header was changed, or it is no message at all',
  commitment: 'it is not bound to the key that it names',
  body: 'what it holds was changed',
  signature: 'its signature is false',
  truncated: 'it was cut off',
  'no key fits': 'none of the keys opens it',
  context: 'its encryption context is another',
  suite: 'its algorithm suite is refused, or not known',
};

/** The parts of the program may each have a copy of its class. */
const isDamage = (error: unknown): error is EnvelopeError => (error as Error | undefined)?.name === 'EnvelopeError';

/** What is wrong with a message, for a person: code `integrity`. Any other error is left as it is. */
export function explainDamage(error: unknown, said: string): unknown {
  if (!isDamage(error)) return error;
  const { damage } = error;
  const hints = hintsFor(damage, said.startsWith('"') ? said.slice(1, -1) : 'FILE');
  return new UserError('integrity', `${said} cannot be opened: ${reasons[damage]} (${damage})`, {
    hints,
    cause: error,
  });
}

/** What `--require-context` kept out of a message is part of what opens it. */
const unstored = 'if a part of its context is not stored in it, say it: --context NAME=VALUE';

function hintsFor(damage: Damage, file: string): string[] {
  const look = `see what it says of itself: "latchkey inspect ${file}"`;
  switch (damage) {
    case 'header':
      return [look, unstored];
    case 'no key fits':
      return [`see whose keys open it: "latchkey inspect ${file}"`, unstored];
    case 'context':
      return ['the context must be the one it was sealed with: --context NAME=VALUE', look];
    case 'suite':
      return [look, 'one that is not bound to its key opens with --commitment require-allow'];
    default:
      return [];
  }
}

interface Asked {
  suite?: string;
  commitment?: Policy;
}

/** What cannot be sealed as it was asked for: code `usage`. Any other error is left as it is. */
export function explainSealing(error: unknown, { suite, commitment = 'require-require' }: Asked): unknown {
  if (isOurs(error)) return outOfBounds(error);
  if (!isDamage(error) || error.damage !== 'suite') return error;
  return new UserError('usage', `the commitment policy "${commitment}" does not let suite ${suite} seal`, {
    hints: [
      commitment === 'forbid-allow'
        ? 'leave out --commitment'
        : 'for what older programs read: --commitment forbid-allow',
    ],
    cause: error,
  });
}

/** Node's own have a code, and are bugs. */
const isOurs = (error: unknown): error is RangeError => error instanceof RangeError && !('code' in error);

function outOfBounds(cause: RangeError): UserError {
  if (!/^the text is not/.test(cause.message)) return new UserError('usage', cause.message, { cause });
  return new UserError('conflict', 'what is to be sealed changed while it was read', {
    hints: ['nothing was left behind; run it again'],
    cause,
  });
}
