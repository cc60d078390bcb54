import { randomBytes } from 'node:crypto';
import type { Call } from '../operation.ts';
import { addMaterial, type MaterialRotation, newMaterialId } from './key-material.ts';
import { deleteMaterial, type KeyRow, selectKey, setMaterial, setRotation } from './rows.ts';

export const day = 24 * 60 * 60 * 1000;

/** Has a key rotated every `days` from `from` on: the material that is next is made now, and waits for its time. */
export function scheduleRotation(call: Call, key: KeyRow, days: number, from: number): void {
  const at = from + days * day;
  const materialId = newMaterial(call, key, { at, type: 'AUTOMATIC' });
  setRotation.run(call.database, days, at, materialId, key.account, key.region, key.key_id);
}

/** Takes back what was scheduled. */
export function unscheduleRotation({ database }: Call, key: KeyRow): void {
  const { account, region, key_id, next_material_id } = key;
  setRotation.run(database, null, null, null, account, region, key_id);
  if (next_material_id !== null) deleteMaterial.run(database, account, region, key_id, next_material_id);
}

/** Does all rotations of a key that have fallen due, each at its time. */
export function catchUp(call: Call, keyId: string): void {
  for (;;) {
    const key = selectKey.get(call.database, call.account, call.region, keyId);
    if (!key || key.next_rotation === null || key.next_rotation > call.now.getTime()) return;
    setMaterial.run(call.database, key.next_material_id, key.account, key.region, key.key_id);
    scheduleRotation(call, key, key.rotation_days!, key.next_rotation);
  }
}

/** A key with all that has fallen due written down: for those who are about to change its rotation. */
export function settled(call: Call, { account, region, key_id }: KeyRow): KeyRow {
  catchUp(call, key_id);
  return selectKey.get(call.database, account, region, key_id)!;
}

/** When a key is next rotated by itself; undefined where it is not. */
export function nextRotation({ next_rotation, rotation_days }: KeyRow, now: Date): Date | undefined {
  if (next_rotation === null) return undefined;
  const period = rotation_days! * day;
  const missed = Math.max(0, Math.ceil((now.getTime() + 1 - next_rotation) / period));
  return new Date(next_rotation + missed * period);
}

/** Gives a key new material at once. */
export function rotateNow(call: Call, key: KeyRow): void {
  const materialId = newMaterial(call, key, { at: call.now.getTime(), type: 'ON_DEMAND' });
  setMaterial.run(call.database, materialId, key.account, key.region, key.key_id);
}

function newMaterial(call: Call, key: KeyRow, rotation: MaterialRotation): string {
  const materialId = newMaterialId();
  addMaterial(call, key.key_id, { id: materialId, bytes: randomBytes(32), rotation });
  return materialId;
}
