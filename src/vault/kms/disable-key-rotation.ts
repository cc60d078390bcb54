import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findChangeableKey, requireEnabled } from './find-key.ts';
import { keyId } from './members.ts';
import { settled, unscheduleRotation } from './rotation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html */
export const disableKeyRotation = writing({ KeyId: required(keyId) }, (call, { KeyId }) => {
  const key = findChangeableKey(call, 'DisableKeyRotation', KeyId);
  requireEnabled(key);
  unscheduleRotation(call, settled(call, key));
  return {};
});
