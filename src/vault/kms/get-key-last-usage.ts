import { reading } from '../operation.ts';
import { required } from '../shape.ts';
import { findKeyById } from './find-key.ts';
import { keyId } from './members.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyLastUsage.html */
export const getKeyLastUsage = reading({ KeyId: required(keyId) }, (call, { KeyId }) => {
  const key = findKeyById(call, 'GetKeyLastUsage', KeyId);
  return {
    KeyId: key.key_id,
    KeyLastUsage: key.used === null ? {} : { Operation: key.used_for, Timestamp: new Date(key.used) },
    TrackingStartDate: new Date(key.created),
    KeyCreationDate: new Date(key.created),
  };
});
