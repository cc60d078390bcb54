import type { Call } from '../operation.ts';
import { catchUpExpiry, withoutExpired } from './imported-materials.ts';
import { catchUpDeletion, withoutReplicas } from './key-deletion.ts';
import { isReplica } from './related-keys.ts';
import { catchUp } from './rotation.ts';
import { type KeyRow, selectKey } from './rows.ts';

/**
 * A key as it is at this moment. Nobody is there when a deletion, a rotation or an expiry falls due, so the clock decides:
 * a read sees it done, and it is written down afterwards.
 */
export function keyNow(call: Call, keyId: string): KeyRow | undefined {
  const { database, account, region } = call;
  const key = selectKey.get(database, account, region, keyId);
  if (!key) return undefined;
  const waiting = withoutReplicas(call, key);
  if (waiting !== key) call.afterwards(() => catchUpDeletion(call, key));
  return isGone(call, waiting) ? undefined : unexpired(call, rotated(call, waiting));
}

function isGone(call: Call, key: KeyRow): boolean {
  if (key.deletion === null || key.deletion > call.now.getTime()) return false;
  call.afterwards(() => catchUpDeletion(call, key));
  return true;
}

/** A key is rotated while it is enabled: a replica, while its primary is. */
function rotated(call: Call, key: KeyRow): KeyRow {
  if (key.next_rotation === null || key.next_rotation > call.now.getTime()) return key;
  const there = isReplica(key) ? call.inRegion(key.primary_region!) : call;
  const leading = isReplica(key) ? selectKey.get(call.database, key.account, there.region, key.key_id) : key;
  if (leading?.state !== 'Enabled') return key;
  call.afterwards(() => catchUp(there, key.key_id));
  return { ...key, material_id: key.next_material_id! };
}

function unexpired(call: Call, key: KeyRow): KeyRow {
  const left = withoutExpired(call, key);
  if (left !== key) call.afterwards(() => catchUpExpiry(call, key));
  return left;
}
