import { reading } from '../operation.ts';
import { required } from '../shape.ts';
import { findUsableKey, keyArnOf, requireAlgorithm } from './find-key.ts';
import { macOf } from './mac.ts';
import { dryRun, grantTokens, keyId, macAlgorithm, message } from './members.ts';
import { noteUse, stopDryRun } from './use.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html */
export const generateMac = reading(
  {
    Message: required(message),
    KeyId: required(keyId),
    MacAlgorithm: required(macAlgorithm),
    GrantTokens: grantTokens,
    DryRun: dryRun,
  },
  (call, { Message, KeyId, MacAlgorithm, DryRun }) => {
    const key = findUsableKey(call, 'GenerateMac', KeyId, 'GENERATE_VERIFY_MAC');
    requireAlgorithm(key, MacAlgorithm);
    stopDryRun(DryRun);
    noteUse(call, key, 'GenerateMac');
    return { Mac: macOf(call, key, MacAlgorithm, Message), MacAlgorithm, KeyId: keyArnOf(key) };
  },
);
