import { ApiError } from '../errors.ts';
import { prepared } from '../operation.ts';
import { required } from '../shape.ts';
import { findUsableKey, keyArnOf, requireAlgorithm } from './find-key.ts';
import { currentPair } from './key-material.ts';
import type { KeyPair } from './key-pair.ts';
import { dryRun, grantTokens, keyId, message, messageType, proof, signingAlgorithm } from './members.ts';
import { requireLength, type Signer, signerOf } from './signing.ts';
import { noteUse, stopDryRun } from './use.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Verify.html */
export const verify = prepared(
  'reading',
  {
    KeyId: required(keyId),
    Message: required(message),
    MessageType: messageType,
    Signature: required(proof),
    SigningAlgorithm: required(signingAlgorithm),
    GrantTokens: grantTokens,
    DryRun: dryRun,
  },
  signerOf,
  (call, input, signer) => {
    const { KeyId, Message, Signature, SigningAlgorithm, DryRun } = input;
    const key = findUsableKey(call, 'Verify', KeyId, 'SIGN_VERIFY');
    requireAlgorithm(key, SigningAlgorithm);
    requireLength(input, Message);
    stopDryRun(DryRun);
    noteUse(call, key, 'Verify');
    const isValid = fits(signer!, currentPair(call, key), Message, Signature);
    if (!isValid) throw new ApiError('KMSInvalidSignatureException');
    return { KeyId: keyArnOf(key), SignatureValid: true, SigningAlgorithm };
  },
);

/** What cannot be a signature at all is a wrong one. */
function fits(signer: Signer, pair: KeyPair, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return signer.isValid(pair, message, signature);
  } catch {
    return false;
  }
}
