import { createPublicKey, diffieHellman } from 'node:crypto';
import { ApiError } from '../errors.ts';
import { reading } from '../operation.ts';
import { blob, enumeration, required } from '../shape.ts';
import { findUsableKey, keyArnOf, requireAlgorithm } from './find-key.ts';
import { currentPair } from './key-material.ts';
import type { KeyPair } from './key-pair.ts';
import { dryRun, grantTokens, keyId, recipient } from './members.ts';
import { noteUse, requireNoRecipient, stopDryRun } from './use.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DeriveSharedSecret.html */
export const deriveSharedSecret = reading(
  {
    KeyId: required(keyId),
    KeyAgreementAlgorithm: required(enumeration('ECDH')),
    PublicKey: required(blob({ min: 1, max: 8192 })),
    GrantTokens: grantTokens,
    DryRun: dryRun,
    Recipient: recipient,
  },
  (call, { KeyId, KeyAgreementAlgorithm, PublicKey, DryRun, Recipient }) => {
    requireNoRecipient(Recipient);
    const key = findUsableKey(call, 'DeriveSharedSecret', KeyId, 'KEY_AGREEMENT');
    requireAlgorithm(key, KeyAgreementAlgorithm);
    const SharedSecret = agree(currentPair(call, key), PublicKey);
    stopDryRun(DryRun);
    noteUse(call, key, 'DeriveSharedSecret');
    return { KeyId: keyArnOf(key), SharedSecret, KeyAgreementAlgorithm, KeyOrigin: key.origin };
  },
);

/** ECDH of SEC 1, 3.3.1: the x coordinate, as long as the field. The peer's key (SPKI, DER) is a point of the same curve. */
function agree({ privateKey }: KeyPair, peer: Uint8Array): Uint8Array {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(peer), format: 'der', type: 'spki' });
    return diffieHellman({ privateKey, publicKey });
  } catch {
    throw new ApiError('ValidationException');
  }
}
