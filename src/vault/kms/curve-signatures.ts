/**
 * What node:crypto cannot do with curves on the oldest Node that runs latchkey: ECDSA of a digest that the caller has
 * made, and Ed25519ph. A part of its own, loaded for these alone.
 */
import type { KeyObject } from 'node:crypto';
import { ed25519ph } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import type { KeyPair } from './key-pair.ts';

/** As OpenSSL names them. */
const curves: Readonly<Record<string, typeof p256>> = {
  prime256v1: p256,
  secp384r1: p384,
  secp521r1: p521,
  secp256k1,
};

const curveOf = ({ asymmetricKeyDetails }: KeyObject) => curves[asymmetricKeyDetails!.namedCurve!]!;

/** DER, made as RFC 6979 has it. Either of the two that are right for a digest is valid, as for OpenSSL. */
const asGiven = { prehash: false, lowS: false, format: 'der' } as const;

export const ecdsa = {
  sign: ({ privateKey }: KeyPair, digest: Uint8Array): Uint8Array =>
    curveOf(privateKey).sign(digest, partOf(privateKey, 'd'), asGiven),
  isValid({ publicKey }: KeyPair, digest: Uint8Array, signature: Uint8Array): boolean {
    const point = Buffer.concat([Buffer.of(4), partOf(publicKey, 'x'), partOf(publicKey, 'y')]);
    return curveOf(publicKey).verify(signature, digest, point, asGiven);
  },
};

/** RFC 8032, 5.1: what is given is hashed once more, as KMS does with a digest. */
export const prehashed = {
  sign: ({ privateKey }: KeyPair, message: Uint8Array): Uint8Array => ed25519ph.sign(message, partOf(privateKey, 'd')),
  isValid: ({ publicKey }: KeyPair, message: Uint8Array, signature: Uint8Array): boolean =>
    ed25519ph.verify(signature, message, partOf(publicKey, 'x'), { zip215: false }),
};

/** A number of a key, big-endian and as long as its field; of Ed25519, the bytes as RFC 8032 has them. */
const partOf = (key: KeyObject, part: 'd' | 'x' | 'y'): Buffer =>
  Buffer.from(key.export({ format: 'jwk' })[part]!, 'base64url');
