import type { Call } from '../operation.ts';
import { materialsNow } from './imported-materials.ts';
import { relatedKeys } from './related-keys.ts';
import type { KeyRow } from './rows.ts';

/** How far the material is that waits to be rotated to: it must have been imported in every Region. */
export function pendingRotation(call: Call, key: KeyRow) {
  if (key.next_material_id === null) return undefined;
  const isHere = (one: KeyRow) =>
    materialsNow(call, one).some(({ material_id, here }) => here && material_id === key.next_material_id);
  return relatedKeys(call, key).every(isHere) ? 'PENDING_ROTATION' : 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION';
}
