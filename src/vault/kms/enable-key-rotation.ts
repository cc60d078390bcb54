import { writing } from '../operation.ts';
import { integer, required } from '../shape.ts';
import { findChangeableKey, requireEnabled } from './find-key.ts';
import { keyId } from './members.ts';
import { requireSelfRotating } from './rotatable.ts';
import { day, scheduleRotation, settled, unscheduleRotation } from './rotation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
export const enableKeyRotation = writing(
  { KeyId: required(keyId), RotationPeriodInDays: integer({ min: 90, max: 2560 }) },
  (call, { KeyId, RotationPeriodInDays = 365 }) => {
    const found = findChangeableKey(call, 'EnableKeyRotation', KeyId);
    requireSelfRotating(found);
    requireEnabled(found);
    const key = settled(call, found);
    // A new period counts from where the old one did.
    const from = key.next_rotation === null ? call.now.getTime() : key.next_rotation - key.rotation_days! * day;
    unscheduleRotation(call, key);
    scheduleRotation(call, key, RotationPeriodInDays, from);
    return {};
  },
);
