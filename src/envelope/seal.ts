import type { EncryptionContext } from './context.ts';
import type { Keyring } from './keyring.ts';
import type { Policy } from './policy.ts';
import type { SuiteName } from './suites.ts';

export interface SealOptions {
  /** Default `0578`: AES-256, bound to its key, signed. `0478` is the same without the signature, and faster. */
  readonly suite?: SuiteName;
  /** Bytes of text in a frame, 1 to 4,294,967,295; default 65,536. 0 makes a single block, whose `length` must be given. */
  readonly frameLength?: number;
  /** Authenticated with the message, and stored in its header in the open; at most 65,535 bytes. */
  readonly context?: EncryptionContext;
  /** Keys of `context` that are authenticated but not stored: who opens must bring them. */
  readonly requiredKeys?: readonly string[];
  /** Default `require-require`. */
  readonly commitment?: Policy;
  /** How many wrapped data keys the header may have at most. */
  readonly maxDataKeys?: number;
  /** How many bytes the source has; an error where it has more or fewer. */
  readonly length?: number;
}

/**
 * Seals a stream so that any one of the keyrings opens it.
 * @throws EnvelopeError `suite` where the policy refuses it; RangeError for options out of bounds; what a keyring throws
 */
export function seal(
  _source: AsyncIterable<Uint8Array>,
  _keyrings: readonly Keyring[],
  _options: SealOptions = {},
): AsyncIterable<Uint8Array> {
  throw new Error('not yet');
}
