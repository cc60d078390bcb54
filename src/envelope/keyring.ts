import type { KeyObject } from 'node:crypto';
import type { EncryptionContext } from './context.ts';
import type { Suite } from './suites.ts';

/** A data key in the open, and what it is bound to: every wrapping authenticates the whole context. */
export interface DataKey {
  /** As long as the suite's key: 16, 24 or 32 bytes. */
  readonly plaintext: Uint8Array;
  readonly suite: Suite;
  readonly context: EncryptionContext;
}

/** A data key as it stands in the header, sealed to one who may open the message. */
export interface WrappedKey {
  /** Who wrapped it: `aws-kms`, or the namespace of a raw key. UTF-8, at most 65,535 bytes, as are the others. */
  readonly provider: string;
  /** Which of the provider's keys: a KMS key's ARN, or a raw key's name and what else its keyring needs. */
  readonly info: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** What a message is sealed with. */
export interface Materials {
  /** With the public key in it, where the suite signs. */
  readonly context: EncryptionContext;
  readonly dataKey: Uint8Array;
  readonly wrapped: readonly WrappedKey[];
  /** The private half, where the suite signs. */
  readonly signer?: KeyObject;
}

/** A key, or several, that can wrap data keys and unwrap them. */
export interface Keyring {
  /** What a person calls it, for messages; never key material. */
  readonly name: string;
  /** A new data key, wrapped: for a keyring that makes its own (KMS GenerateDataKey). The others are given one. */
  generate?(suite: Suite, context: EncryptionContext): Promise<{ plaintext: Uint8Array; wrapped: WrappedKey[] }>;
  /** All that a message of `length` bytes is sealed with: for a keyring that uses its data keys again. It must be the only one. */
  materials?(suite: Suite, context: EncryptionContext, length?: number): Promise<Materials>;
  /** Wraps a data key; throws where it cannot (an RSA private key without its public one, a key for opening only). */
  wrap(key: DataKey): Promise<WrappedKey[]>;
  /** The data key of the first wrapped key that it opens; undefined where none is for it or fits. Never throws for a foreign key. */
  unwrap(wrapped: readonly WrappedKey[], suite: Suite, context: EncryptionContext): Promise<Uint8Array | undefined>;
}
