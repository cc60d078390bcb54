import { EnvelopeError } from './errors.ts';
import { type Suite, type SuiteName, suites } from './suites.ts';

/**
 * Whether a message must be bound to its key: on the way in, then on the way out. A message that is not can be made to open to two different texts under
 * two keys; `forbid-allow` is for writing what SDKs older than version 1.9 read.
 */
export type Policy = 'require-require' | 'require-allow' | 'forbid-allow';

/** What is sealed with where no suite is named: AES-256, signed, and bound to its key where the policy lets it. */
export const defaultSuite = (policy: Policy = 'require-require'): Suite =>
  policy === 'forbid-allow' ? suites['0378'] : suites['0578'];

/** @throws EnvelopeError `suite` where the policy refuses to seal with it */
export function mustSealWith(name: SuiteName, policy: Policy): Suite {
  const suite = suites[name];
  if ((suite.version === 2) === (policy === 'forbid-allow')) throw new EnvelopeError('suite');
  return suite;
}

/** @throws EnvelopeError `suite` where the policy refuses to open it */
export function mustOpen(suite: Suite, policy: Policy): void {
  if (policy === 'require-require' && suite.version !== 2) throw new EnvelopeError('suite');
}
