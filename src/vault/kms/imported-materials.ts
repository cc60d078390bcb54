import { createHmac } from 'node:crypto';
import type { Call } from '../operation.ts';
import { forgetMaterials, sealMaterial } from './key-material.ts';
import { isReplica, relatedKeys } from './related-keys.ts';
import {
  deleteMaterial,
  emptyMaterial,
  insertMaterial,
  type KeyRow,
  type MaterialEntry,
  selectExpiredMaterials,
  selectKey,
  selectMaterial,
  selectMaterials,
  setImported,
  setMaterial,
  setRotation,
  setState,
} from './rows.ts';

/** The same for the same material in the same key: what was encrypted opens again when the material comes again. */
export const importedMaterialId = (keyId: string, material: Uint8Array): string =>
  createHmac('sha256', material).update(keyId).digest('hex');

/** The materials that a key has had imported, without those that have expired. */
export const materialsNow = ({ database, now }: Call, { account, region, key_id }: KeyRow): MaterialEntry[] =>
  selectMaterials.all(database, account, region, key_id).map((entry) => ({
    ...entry,
    ...(entry.expires !== null && entry.expires <= now.getTime() ? { here: 0, expires: null } : {}),
  }));

/** Whether all materials that belong to a key for good are here: each may be needed to decrypt. */
export const isWhole = (call: Call, key: KeyRow): boolean =>
  key.material_id !== '' && lasting(key, materialsNow(call, key)).every(({ here }) => here);

/** Without the one that waits to be rotated to: it may still be replaced. */
export const lasting = (key: KeyRow, materials: MaterialEntry[]): MaterialEntry[] =>
  materials.filter(({ material_id }) => material_id !== key.next_material_id);

/** A key as the expiry of its materials leaves it. */
export function withoutExpired(call: Call, key: KeyRow): KeyRow {
  if (key.origin !== 'EXTERNAL') return key;
  const expired = expiredIn(call, key);
  if (expired.length === 0) return key;
  const losesNext = !isReplica(key) && expired.includes(key.next_material_id ?? '');
  const lost = expired.some((id) => id !== key.next_material_id);
  return {
    ...key,
    state: lost ? stateWithout(key) : key.state,
    next_material_id: losesNext ? null : key.next_material_id,
  };
}

/** Deletes what has expired. */
export function catchUpExpiry(call: Call, { account, region, key_id }: KeyRow): void {
  for (;;) {
    const key = selectKey.get(call.database, account, region, key_id);
    const [expired] = key ? expiredIn(call, key) : [];
    if (!key || expired === undefined) return;
    removeMaterial(call, key, expired);
  }
}

const expiredIn = ({ database, now }: Call, { account, region, key_id }: KeyRow): string[] =>
  selectExpiredMaterials.all(database, account, region, key_id, now.getTime()).map(({ material_id }) => material_id);

/**
 * Deletes an imported material. The key waits for the same one to be imported again; one that waits to be rotated to is
 * forgotten, at a primary in every Region.
 */
export function removeMaterial(call: Call, key: KeyRow, materialId: string): void {
  const { database } = call;
  const isNext = materialId === key.next_material_id;
  if (isNext && !isReplica(key)) {
    removeNext(call, key);
    return;
  }
  forgetMaterials(call, key, materialId);
  emptyMaterial.run(database, key.account, key.region, key.key_id, materialId);
  if (isNext) return;
  const state = stateWithout(key);
  if (state !== key.state) setState.run(database, state, null, key.account, key.region, key.key_id);
}

function removeNext(call: Call, key: KeyRow): void {
  for (const one of relatedKeys(call, key)) {
    const { account, region, key_id } = one;
    forgetMaterials(call, one, key.next_material_id!);
    deleteMaterial.run(call.database, account, region, key_id, key.next_material_id!);
    setRotation.run(call.database, null, null, null, account, region, key_id);
  }
}

/** A key that waits for its deletion goes on to do so. */
const stateWithout = ({ state }: KeyRow) => (state.endsWith('Deletion') ? state : 'PendingImport');

/** A key with all that has expired written down: for those who are about to change its materials. */
export function currentOf(call: Call, key: KeyRow): KeyRow {
  catchUpExpiry(call, key);
  return selectKey.get(call.database, key.account, key.region, key.key_id)!;
}

/** Gives a key a new material, in every Region: the first one is its own at once, another waits to be rotated to. */
export function associate(call: Call, key: KeyRow, materialId: string): void {
  const { database, now } = call;
  const [none, nothing] = [new Uint8Array(), [null, null, null, null] as const];
  for (const { account, region, key_id, material_id } of relatedKeys(call, key)) {
    insertMaterial.run(database, account, region, key_id, materialId, none, now.getTime(), ...nothing);
    if (material_id === '') setMaterial.run(database, materialId, account, region, key_id);
    else setRotation.run(database, null, null, materialId, account, region, key_id);
  }
}

interface Imported {
  readonly id: string;
  readonly bytes: Uint8Array;
  /** As it was, when left out. */
  readonly description: string | undefined;
  readonly expires: number | undefined;
}

/** Puts a material that belongs to a key in its place. A key that has waited for this one alone is enabled. */
export function store(call: Call, { account, region, key_id }: KeyRow, { id, bytes, description, expires }: Imported) {
  const { database } = call;
  const place = { account, region, key_id, material_id: id };
  const sealed = sealMaterial(call, place, bytes);
  const said = description ?? selectMaterial.get(database, account, region, key_id, id)!.description;
  setImported.run(database, sealed, said, expires ?? null, account, region, key_id, id);
  const key = selectKey.get(database, account, region, key_id)!;
  if (key.state === 'PendingImport' && isWhole(call, key))
    setState.run(database, 'Enabled', null, account, region, key_id);
}
