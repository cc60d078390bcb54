import { timingSafeEqual } from 'node:crypto';
import { ApiError } from '../errors.ts';
import { reading } from '../operation.ts';
import { required } from '../shape.ts';
import { findUsableKey, keyArnOf, requireAlgorithm } from './find-key.ts';
import { macOf } from './mac.ts';
import { dryRun, grantTokens, keyId, macAlgorithm, message, proof } from './members.ts';
import { noteUse, stopDryRun } from './use.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html */
export const verifyMac = reading(
  {
    Message: required(message),
    KeyId: required(keyId),
    MacAlgorithm: required(macAlgorithm),
    Mac: required(proof),
    GrantTokens: grantTokens,
    DryRun: dryRun,
  },
  (call, { Message, KeyId, MacAlgorithm, Mac, DryRun }) => {
    const key = findUsableKey(call, 'VerifyMac', KeyId, 'GENERATE_VERIFY_MAC');
    requireAlgorithm(key, MacAlgorithm);
    stopDryRun(DryRun);
    noteUse(call, key, 'VerifyMac');
    const right = macOf(call, key, MacAlgorithm, Message);
    if (Mac.length !== right.length || !timingSafeEqual(Mac, right)) throw new ApiError('KMSInvalidMacException');
    return { KeyId: keyArnOf(key), MacValid: true, MacAlgorithm };
  },
);
