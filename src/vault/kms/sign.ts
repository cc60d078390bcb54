import { prepared } from '../operation.ts';
import { required } from '../shape.ts';
import { findUsableKey, keyArnOf, requireAlgorithm } from './find-key.ts';
import { currentPair } from './key-material.ts';
import { dryRun, grantTokens, keyId, message, messageType, signingAlgorithm } from './members.ts';
import { requireLength, signerOf } from './signing.ts';
import { noteUse, stopDryRun } from './use.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
export const sign = prepared(
  'reading',
  {
    KeyId: required(keyId),
    Message: required(message),
    MessageType: messageType,
    GrantTokens: grantTokens,
    SigningAlgorithm: required(signingAlgorithm),
    DryRun: dryRun,
  },
  signerOf,
  (call, input, signer) => {
    const { KeyId, Message, SigningAlgorithm, DryRun } = input;
    const key = findUsableKey(call, 'Sign', KeyId, 'SIGN_VERIFY');
    requireAlgorithm(key, SigningAlgorithm);
    requireLength(input, Message);
    stopDryRun(DryRun);
    noteUse(call, key, 'Sign');
    return {
      KeyId: keyArnOf(key),
      Signature: signer!.sign(currentPair(call, key), Message),
      SigningAlgorithm,
    };
  },
);
