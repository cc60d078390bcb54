import type { Call } from '../operation.ts';
import { catchUp } from './rotation.ts';
import { deleteKeyRow, type KeyRow, selectKey } from './rows.ts';

/**
 * A key as it is at this moment. Nobody is there when a deletion or a rotation falls due, so the clock decides: a read
 * sees it done, and it is written down afterwards.
 */
export function keyNow(call: Call, keyId: string): KeyRow | undefined {
  const { database, account, region, now } = call;
  const key = selectKey.get(database, account, region, keyId);
  if (!key || isGone(call, key)) return undefined;
  if (key.state !== 'Enabled' || key.next_rotation === null || key.next_rotation > now.getTime()) return key;
  call.afterwards(() => catchUp(call, keyId));
  return { ...key, material_id: key.next_material_id! };
}

function isGone(call: Call, { account, region, key_id, deletion }: KeyRow): boolean {
  if (deletion === null || deletion > call.now.getTime()) return false;
  call.afterwards(() => deleteKeyRow.run(call.database, account, region, key_id));
  return true;
}
