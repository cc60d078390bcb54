import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findChangeableKey, requireEnabled } from './find-key.ts';
import { keyId } from './members.ts';
import { requireSelfRotating } from './rotatable.ts';
import { settled, unscheduleRotation } from './rotation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html */
export const disableKeyRotation = writing({ KeyId: required(keyId) }, (call, { KeyId }) => {
  const key = findChangeableKey(call, 'DisableKeyRotation', KeyId);
  requireSelfRotating(key);
  requireEnabled(key);
  unscheduleRotation(call, settled(call, key));
  return {};
});
