import type { EncryptionContext } from './context.ts';
import type { WrappedKey } from './keyring.ts';
import type { Suite } from './suites.ts';

/** What a header says to everyone; nothing of it is authenticated. */
export interface Inspection {
  readonly version: 1 | 2;
  readonly suite: Suite;
  readonly messageId: Uint8Array;
  readonly context: EncryptionContext;
  readonly wrapped: readonly WrappedKey[];
  /** 0 where the body is a single block. */
  readonly frameLength: number;
  /** In bytes, with its tag. */
  readonly headerLength: number;
}

/**
 * Reads a header; needs no key, and reads no further.
 * @throws EnvelopeError `header`, `suite`, `truncated`
 */
export async function inspect(_source: AsyncIterable<Uint8Array> | Uint8Array): Promise<Inspection> {
  throw new Error('not yet');
}
