import { randomBytes } from 'node:crypto';
import type { Call } from '../operation.ts';
import { addMaterial, type MaterialRotation, newMaterialId } from './key-material.ts';
import { relatedKeys } from './related-keys.ts';
import { deleteMaterial, type KeyRow, selectKey, setMaterial, setRotated, setRotation } from './rows.ts';

export const day = 24 * 60 * 60 * 1000;

/** Has a key rotated every `days` from `from` on: the material that is next is made now, and waits for its time. */
export function scheduleRotation(call: Call, key: KeyRow, days: number, from: number): void {
  const at = from + days * day;
  const materialId = newMaterial(call, key, { at, type: 'AUTOMATIC' });
  for (const { account, region, key_id } of relatedKeys(call, key)) {
    setRotation.run(call.database, days, at, materialId, account, region, key_id);
  }
}

/** Takes back what was scheduled. */
export function unscheduleRotation(call: Call, key: KeyRow): void {
  for (const { account, region, key_id, next_material_id } of relatedKeys(call, key)) {
    setRotation.run(call.database, null, null, null, account, region, key_id);
    if (next_material_id !== null) deleteMaterial.run(call.database, account, region, key_id, next_material_id);
  }
}

/** Does all rotations of a key that have fallen due, each at its time. */
export function catchUp(call: Call, keyId: string): void {
  for (;;) {
    const key = selectKey.get(call.database, call.account, call.region, keyId);
    if (!key || key.next_rotation === null || key.next_rotation > call.now.getTime()) return;
    use(call, key, key.next_material_id!);
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
  use(call, key, materialId);
}

/** Makes the material that was imported for it the one that a key works with. */
export function rotateToNext(call: Call, key: KeyRow): void {
  const next = key.next_material_id!;
  for (const { account, region, key_id } of relatedKeys(call, key)) {
    setRotated.run(call.database, call.now.getTime(), 'ON_DEMAND', account, region, key_id, next);
    setRotation.run(call.database, null, null, null, account, region, key_id);
  }
  use(call, key, next);
}

function use(call: Call, key: KeyRow, materialId: string): void {
  for (const { account, region, key_id } of relatedKeys(call, key)) {
    setMaterial.run(call.database, materialId, account, region, key_id);
  }
}

function newMaterial(call: Call, key: KeyRow, rotation: MaterialRotation): string {
  const material = { id: newMaterialId(), bytes: randomBytes(32), rotation };
  for (const { region } of relatedKeys(call, key)) addMaterial(call.inRegion(region), key.key_id, material);
  return material.id;
}
