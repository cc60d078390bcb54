import type { EncryptionContext } from './context.ts';
import type { Suite } from './suites.ts';

/** The keys of one message. */
export interface MessageKeys {
  readonly content: Uint8Array;
  /** Version 2: what binds the message to its data key. */
  readonly commit?: Uint8Array;
}

export function deriveKeys(_suite: Suite, _dataKey: Uint8Array, _messageId: Uint8Array): MessageKeys {
  throw new Error('not yet');
}

/** What follows a header's bytes: in version 1 the IV (zeros) and the tag, in version 2 the tag. `unstored`: the pairs that are authenticated only. */
export function headerTag(
  _suite: Suite,
  _contentKey: Uint8Array,
  _headerBytes: Uint8Array,
  _unstored: EncryptionContext,
): Buffer {
  throw new Error('not yet');
}
