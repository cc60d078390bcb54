import { writing } from '../operation.ts';
import { integer, required } from '../shape.ts';
import { findChangeableKey, keyArnOf } from './find-key.ts';
import { keyId } from './members.ts';
import { day } from './rotation.ts';
import { setState } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
export const scheduleKeyDeletion = writing(
  { KeyId: required(keyId), PendingWindowInDays: integer({ min: 7, max: 30 }) },
  (call, { KeyId, PendingWindowInDays = 30 }) => {
    const key = findChangeableKey(call, 'ScheduleKeyDeletion', KeyId);
    const KeyState = 'PendingDeletion';
    const end = call.now.getTime() + PendingWindowInDays * day;
    setState.run(call.database, KeyState, end, key.account, key.region, key.key_id);
    return { KeyId: keyArnOf(key), DeletionDate: new Date(end), KeyState, PendingWindowInDays };
  },
);
