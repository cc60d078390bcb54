import { randomBytes } from 'node:crypto';
import type { EncryptionContext } from './context.ts';
import { EnvelopeError } from './errors.ts';
import type { Keyring, WrappedKey } from './keyring.ts';
import type { Suite } from './suites.ts';

/**
 * A data key, wrapped by every keyring: of the first that makes its own, or random.
 * @throws RangeError without keyrings
 */
export async function wrapNew(
  keyrings: readonly Keyring[],
  suite: Suite,
  context: EncryptionContext,
): Promise<{ plaintext: Uint8Array; wrapped: WrappedKey[] }> {
  if (keyrings.length === 0) throw new RangeError('no keyring to seal with');
  const maker = keyrings.find((keyring) => keyring.generate);
  const made = await maker?.generate?.(suite, context);
  const plaintext = made?.plaintext ?? randomBytes(suite.keyLength);
  if (plaintext.length !== suite.keyLength) {
    throw new RangeError(
      `keyring "${maker?.name}" made a data key of ${plaintext.length} bytes, not ${suite.keyLength}`,
    );
  }
  const key = { plaintext, suite, context };
  const wrapped = await Promise.all(keyrings.map((one) => (one === maker ? made!.wrapped : one.wrap(key))));
  return { plaintext, wrapped: wrapped.flat() };
}

/**
 * The data key, from the first keyring that opens a wrapped one.
 * @throws EnvelopeError `no key fits`; what a keyring threw, where no other opened it
 */
export async function unwrapAny(
  keyrings: readonly Keyring[],
  wrapped: readonly WrappedKey[],
  suite: Suite,
  context: EncryptionContext,
): Promise<Uint8Array> {
  const failures: unknown[] = [];
  for (const keyring of keyrings) {
    const key = await keyring.unwrap(wrapped, suite, context).catch((error) => void failures.push(error));
    if (key?.length === suite.keyLength) return key;
  }
  throw failures.length > 0 ? failures[0] : new EnvelopeError('no key fits');
}
