import { writing } from '../operation.ts';
import { integer, required } from '../shape.ts';
import { findChangeableKey, keyArnOf } from './find-key.ts';
import { keyId } from './members.ts';
import { isReplica, replicasOf } from './related-keys.ts';
import { day } from './rotation.ts';
import { setState, setWaitingForReplicas } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
export const scheduleKeyDeletion = writing(
  { KeyId: required(keyId), PendingWindowInDays: integer({ min: 7, max: 30 }) },
  (call, { KeyId, PendingWindowInDays = 30 }) => {
    const key = findChangeableKey(call, 'ScheduleKeyDeletion', KeyId);
    const { account, region, key_id } = key;
    const answer = { KeyId: keyArnOf(key), PendingWindowInDays };
    if (!isReplica(key) && replicasOf(call, key).length > 0) {
      setWaitingForReplicas.run(call.database, PendingWindowInDays, account, region, key_id);
      return { ...answer, KeyState: 'PendingReplicaDeletion' };
    }
    const KeyState = 'PendingDeletion';
    const end = call.now.getTime() + PendingWindowInDays * day;
    setState.run(call.database, KeyState, end, account, region, key_id);
    return { ...answer, KeyState, DeletionDate: new Date(end) };
  },
);
