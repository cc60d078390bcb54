import { reading } from '../operation.ts';
import { integer, required } from '../shape.ts';
import { findKeyById } from './find-key.ts';
import { defaultName } from './key-policy.ts';
import { keyId, marker } from './members.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyPolicies.html */
export const listKeyPolicies = reading(
  { KeyId: required(keyId), Limit: integer({ min: 1, max: 1000 }), Marker: marker },
  (call, { KeyId }) => {
    findKeyById(call, 'ListKeyPolicies', KeyId);
    return { PolicyNames: [defaultName], Truncated: false };
  },
);
