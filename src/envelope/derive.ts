import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { type EncryptionContext, serialiseContext } from './context.ts';
import { EnvelopeError } from './errors.ts';
import type { SealedHeader } from './header.ts';
import type { Suite } from './suites.ts';

/** The keys of one message. */
export interface MessageKeys {
  readonly content: Uint8Array;
  /** Version 2: what binds the message to its data key. */
  readonly commit?: Uint8Array;
}

/** As the specification's algorithm suites say (framework/algorithm-suites.md); HKDF is RFC 5869. */
export function deriveKeys(suite: Suite, dataKey: Uint8Array, messageId: Uint8Array): MessageKeys {
  if (!suite.kdf) return { content: dataKey };
  const id = Buffer.of(suite.id >> 8, suite.id & 0xff);
  const hkdf = (salt: Uint8Array, info: Uint8Array, length: number) =>
    new Uint8Array(hkdfSync(suite.kdf!, dataKey, salt, info, length));
  if (suite.version === 1) return { content: hkdf(new Uint8Array(), Buffer.concat([id, messageId]), suite.keyLength) };
  return {
    content: hkdf(messageId, Buffer.concat([id, Buffer.from('DERIVEKEY')]), suite.keyLength),
    commit: hkdf(messageId, Buffer.from('COMMITKEY'), 32),
  };
}

const zeros = new Uint8Array(12);

/**
 * What follows a header's bytes: in version 1 the IV and the tag, in version 2 the tag, whose IV is always zeros. `unstored`: the pairs that are authenticated
 * only. Never twice with one key and one IV: who sees both tags can make others.
 */
export function headerTag(
  suite: Suite,
  contentKey: Uint8Array,
  headerBytes: Uint8Array,
  unstored: EncryptionContext,
  iv: Uint8Array = zeros,
): Buffer {
  const cipher = createCipheriv(suite.cipher, contentKey, iv);
  cipher.setAAD(Buffer.concat([headerBytes, serialiseContext(unstored)]));
  cipher.final();
  return Buffer.concat([...(suite.version === 1 ? [iv] : []), cipher.getAuthTag()]);
}

/** @throws EnvelopeError `header` where the tag is false */
export function checkHeaderTag(
  { header, bytes, iv, tag }: SealedHeader,
  contentKey: Uint8Array,
  unstored: EncryptionContext,
): void {
  const decipher = createDecipheriv(header.suite.cipher, contentKey, iv, { authTagLength: 16 });
  decipher.setAAD(Buffer.concat([bytes, serialiseContext(unstored)]));
  decipher.setAuthTag(tag);
  try {
    decipher.final();
  } catch {
    throw new EnvelopeError('header');
  }
}
