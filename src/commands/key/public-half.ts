import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { UserError } from '../../errors.ts';

/** DER as PEM (RFC 7468): lines of 64 characters. */
export function pemOf(der: Uint8Array, label: 'PUBLIC KEY' | 'PRIVATE KEY'): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g)!;
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** A public key (SubjectPublicKeyInfo in DER) as RFC 7517 has it. Throws code `usage` for a kind that has no such form. */
export function jwkOf(der: Uint8Array): JsonWebKey {
  try {
    return createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' }).export({ format: 'jwk' });
  } catch (cause) {
    throw new UserError('usage', 'there is no JWK for a key of this kind here', { hints: ['use PEM or --der'], cause });
  }
}

/** SubjectPublicKeyInfo of what is in a file: PEM (a certificate, too) or DER. Throws code `usage` for what is no key. */
export function publicKeyIn(bytes: Uint8Array, said: string): Uint8Array {
  try {
    return readPublic(Buffer.from(bytes)).export({ format: 'der', type: 'spki' });
  } catch (cause) {
    throw new UserError('usage', `${said} holds no public key, neither in PEM nor in DER`, {
      hints: ['write that of a key of KMS: "latchkey key public-key KEY --out FILE"'],
      cause,
    });
  }
}

function readPublic(bytes: Buffer): KeyObject {
  if (bytes.includes('-----BEGIN ')) return createPublicKey(bytes);
  return createPublicKey({ key: bytes, format: 'der', type: 'spki' });
}
