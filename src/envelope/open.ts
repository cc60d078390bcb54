import type { EncryptionContext } from './context.ts';
import type { Header } from './header.ts';
import type { Keyring } from './keyring.ts';
import type { Policy } from './policy.ts';

export interface OpenOptions {
  /** Default `require-require`: only messages that are bound to their key. */
  readonly commitment?: Policy;
  /** Pairs the message must have been sealed with: those stored must be equal, the others are what `requiredKeys` left out. */
  readonly context?: EncryptionContext;
  /** Refuses a header with more wrapped data keys. */
  readonly maxDataKeys?: number;
  /**
   * A single block has its only tag at its end, so it is held in memory until that is verified. True gives it out before, all but its last piece: for those
   * who write where nobody reads until the end, like a file that is renamed then.
   */
  readonly unverified?: boolean;
}

export interface Opened {
  /** Authenticated. */
  readonly header: Header;
  /** The stored context and what the caller brought. */
  readonly context: EncryptionContext;
  /** Throws EnvelopeError. The last frame is given out only after the signature is verified; nothing is final before the end. To be read once. */
  readonly plaintext: AsyncIterable<Uint8Array>;
}

/** @throws EnvelopeError */
export async function open(
  _source: AsyncIterable<Uint8Array>,
  _keyrings: readonly Keyring[],
  _options: OpenOptions = {},
): Promise<Opened> {
  throw new Error('not yet');
}
