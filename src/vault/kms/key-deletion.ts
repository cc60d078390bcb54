import type { Call } from '../operation.ts';
import { forgetMaterials } from './key-material.ts';
import { isReplica } from './related-keys.ts';
import { day } from './rotation.ts';
import { deleteKeyRow, type KeyRow, selectExpiredKeys, selectKey, selectRelatedKeys, setState } from './rows.ts';

/** Deletes a key whose time has come; a primary that waits for the last of its replicas begins its own time. */
function deleteKey(call: Call, key: KeyRow): void {
  const { database } = call;
  forgetMaterials(call, key);
  deleteKeyRow.run(database, key.account, key.region, key.key_id);
  if (!isReplica(key)) return;
  const primary = selectKey.get(database, key.account, key.primary_region!, key.key_id);
  if (primary?.state !== 'PendingReplicaDeletion') return;
  if (selectRelatedKeys.all(database, key.account, key.key_id).some(isReplica)) return;
  const end = key.deletion! + primary.deletion_days! * day;
  setState.run(database, 'PendingDeletion', end, primary.account, primary.region, primary.key_id);
}

/** Deletes what has fallen due in the Region of the call. */
export function deleteExpiredKeys(call: Call): void {
  const { database, account, region, now } = call;
  for (const key of selectExpiredKeys.all(database, account, region, now.getTime())) deleteKey(call, key);
}

/** Deletes a key, in all its Regions, where its deletion has fallen due; the last replica first. */
export function catchUpDeletion(call: Call, { account, region, key_id }: KeyRow): void {
  const isDue = ({ deletion }: KeyRow) => deletion !== null && deletion <= call.now.getTime();
  const replicas = selectRelatedKeys.all(call.database, account, key_id).filter((key) => isReplica(key) && isDue(key));
  for (const replica of replicas.toSorted((a, b) => a.deletion! - b.deletion!)) deleteKey(call, replica);
  const key = selectKey.get(call.database, account, region, key_id);
  if (key && isDue(key)) deleteKey(call, key);
}

/** A key as its replicas leave it: the time of a primary that waits for them begins when the last one is gone. */
export function withoutReplicas(call: Call, key: KeyRow): KeyRow {
  if (key.state !== 'PendingReplicaDeletion') return key;
  const ends = selectRelatedKeys
    .all(call.database, key.account, key.key_id)
    .filter(isReplica)
    .map(({ deletion }) => deletion ?? Number.POSITIVE_INFINITY);
  const last = Math.max(...ends);
  if (last > call.now.getTime()) return key;
  return { ...key, state: 'PendingDeletion', deletion: last + key.deletion_days! * day, deletion_days: null };
}
