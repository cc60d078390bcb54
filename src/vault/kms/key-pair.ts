import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** A private key as it is worked with, and the public key that goes with it. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Reads a private key in PKCS #8 (DER); throws when it is none. */
export function readKeyPair(pkcs8: Uint8Array): KeyPair {
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** A public key as KMS hands it out: SubjectPublicKeyInfo of RFC 5280, in DER. */
export const publicBytes = ({ publicKey }: KeyPair): Buffer => publicKey.export({ format: 'der', type: 'spki' });
