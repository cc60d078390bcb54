import { writing } from '../operation.ts';
import { boolean, required } from '../shape.ts';
import { findKeyById, requireOwn } from './find-key.ts';
import { checkPolicy, requireDefault } from './key-policy.ts';
import { keyId, policyName, policyText } from './members.ts';
import { setPolicy } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html */
export const putKeyPolicy = writing(
  {
    KeyId: required(keyId),
    PolicyName: policyName,
    Policy: required(policyText),
    BypassPolicyLockoutSafetyCheck: boolean(),
  },
  (call, { KeyId, PolicyName, Policy, BypassPolicyLockoutSafetyCheck }) => {
    const key = findKeyById(call, 'PutKeyPolicy', KeyId);
    requireOwn(call, 'PutKeyPolicy', key);
    requireDefault(PolicyName);
    checkPolicy(call, Policy, BypassPolicyLockoutSafetyCheck);
    setPolicy.run(call.database, Policy, key.account, key.region, key.key_id);
    return {};
  },
);
