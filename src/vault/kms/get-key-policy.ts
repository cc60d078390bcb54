import { reading } from '../operation.ts';
import { required } from '../shape.ts';
import { findKeyById } from './find-key.ts';
import { defaultName, policyOf, requireDefault } from './key-policy.ts';
import { keyId, policyName } from './members.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html */
export const getKeyPolicy = reading(
  { KeyId: required(keyId), PolicyName: policyName },
  (call, { KeyId, PolicyName }) => {
    const key = findKeyById(call, 'GetKeyPolicy', KeyId);
    requireDefault(PolicyName);
    return { Policy: policyOf(key), PolicyName: defaultName };
  },
);
