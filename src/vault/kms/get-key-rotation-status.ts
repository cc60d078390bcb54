import { reading } from '../operation.ts';
import { required } from '../shape.ts';
import { findKeyById, keyArnOf, requireNotPending, requireOrigin } from './find-key.ts';
import { keyId } from './members.ts';
import { requireRotatable } from './rotatable.ts';
import { nextRotation } from './rotation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
export const getKeyRotationStatus = reading({ KeyId: required(keyId) }, (call, { KeyId }) => {
  const key = findKeyById(call, 'GetKeyRotationStatus', KeyId);
  requireRotatable(key);
  requireOrigin(key, 'AWS_KMS');
  requireNotPending(key);
  const next = nextRotation(key, call.now);
  return {
    KeyRotationEnabled: next !== undefined,
    KeyId: keyArnOf(key),
    RotationPeriodInDays: key.rotation_days ?? undefined,
    NextRotationDate: next,
  };
});
