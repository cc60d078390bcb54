import type { EncryptionContext } from './context.ts';
import type { WrappedKey } from './keyring.ts';
import type { Reader } from './reader.ts';
import type { Suite } from './suites.ts';

/** What stands before a message's body. Its tag covers all of it. */
export interface Header {
  /** Says the version of the format too. */
  readonly suite: Suite;
  /** Random; 16 bytes, or 32 in version 2. */
  readonly messageId: Uint8Array;
  /** As stored: without what is only authenticated. */
  readonly context: EncryptionContext;
  /** The data key, sealed to each who may open the message. At least one. */
  readonly wrapped: readonly WrappedKey[];
  /** The length of a frame's text in bytes; 0 where the body is a single block. */
  readonly frameLength: number;
  /** Version 2: what the data key must derive to, 32 bytes. */
  readonly commitKey?: Uint8Array;
}

/** A header as read: the bytes that its tag covers, and the tag. */
export interface SealedHeader {
  readonly header: Header;
  readonly bytes: Uint8Array;
  /** 12 bytes; zeros in version 2, where it is not stored. */
  readonly iv: Uint8Array;
  readonly tag: Uint8Array;
  /** How long header and tag are together. */
  readonly length: number;
}

/** The bytes that the tag covers. */
export function writeHeader(_header: Header): Buffer {
  throw new Error('not yet');
}

/** @throws EnvelopeError `header`, `suite`, `truncated` */
export async function readHeader(_reader: Reader, _maxDataKeys?: number): Promise<SealedHeader> {
  throw new Error('not yet');
}
