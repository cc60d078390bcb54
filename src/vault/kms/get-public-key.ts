import { ApiError } from '../errors.ts';
import { reading } from '../operation.ts';
import { required } from '../shape.ts';
import { findKey, keyArnOf, requireEnabled, requireOwn } from './find-key.ts';
import { currentPair } from './key-material.ts';
import { publicBytes } from './key-pair.ts';
import { grantTokens, keyId } from './members.ts';
import { algorithmsOf, isAsymmetric } from './specs.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html */
export const getPublicKey = reading({ KeyId: required(keyId), GrantTokens: grantTokens }, (call, { KeyId }) => {
  const key = findKey(call, 'GetPublicKey', KeyId);
  requireOwn(call, 'GetPublicKey', key);
  requireEnabled(key);
  if (!isAsymmetric(key.spec)) throw new ApiError('UnsupportedOperationException');
  return {
    KeyId: keyArnOf(key),
    PublicKey: publicBytes(currentPair(call, key)),
    CustomerMasterKeySpec: key.spec,
    KeySpec: key.spec,
    KeyUsage: key.usage,
    ...algorithmsOf(key.spec, key.usage),
  };
});
