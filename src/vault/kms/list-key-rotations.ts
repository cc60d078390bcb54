import { type Call, reading } from '../operation.ts';
import { enumeration, integer, required } from '../shape.ts';
import { expirationOf } from './expiration.ts';
import { findKeyById, keyArnOf, requireNotPending } from './find-key.ts';
import { materialsNow } from './imported-materials.ts';
import { keyId, marker } from './members.ts';
import { page } from './page.ts';
import { pendingRotation } from './pending-rotation.ts';
import { requireRotatable } from './rotatable.ts';
import type { KeyRow, MaterialEntry } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html */
export const listKeyRotations = reading(
  {
    KeyId: required(keyId),
    IncludeKeyMaterial: enumeration('ALL_KEY_MATERIAL', 'ROTATIONS_ONLY'),
    Limit: integer({ min: 1, max: 1000 }),
    Marker: marker,
  },
  (call, { KeyId, IncludeKeyMaterial, Limit = 100, Marker }) => {
    const key = findKeyById(call, 'ListKeyRotations', KeyId);
    requireRotatable(key);
    requireNotPending(key);
    const all = materialsUntil(call, key)
      .filter(({ rotated }) => rotated !== null || IncludeKeyMaterial === 'ALL_KEY_MATERIAL')
      .toSorted((a, b) => (placeOf(key, a) < placeOf(key, b) ? -1 : 1));
    const { rows, rest } = page(
      { limit: Limit, marker: Marker },
      (place, count) => all.filter((material) => placeOf(key, material) > place).slice(0, count),
      (material) => placeOf(key, material),
    );
    return { Rotations: rows.map((material) => entryOf(call, key, material)), ...rest };
  },
);

/** What has taken its place by now; what is made for the next automatic rotation is nobody's business yet. */
const materialsUntil = (call: Call, key: KeyRow): MaterialEntry[] =>
  materialsNow(call, key).filter(({ rotated }) => (rotated ?? 0) <= call.now.getTime());

const isPending = (key: KeyRow, { material_id, rotated }: MaterialEntry) =>
  rotated === null && material_id === key.next_material_id;

/** Sorts as the list does: by time, what waits for its own at the end; then by id. */
const placeOf = (key: KeyRow, material: MaterialEntry) =>
  `${isPending(key, material) ? 'pending' : String(material.rotated ?? 0).padStart(15, '0')} ${material.material_id}`;

const entryOf = (call: Call, key: KeyRow, material: MaterialEntry) => ({
  KeyId: keyArnOf(key),
  KeyMaterialId: material.material_id,
  ...(key.origin === 'EXTERNAL' ? importOf(material) : {}),
  KeyMaterialState: isPending(key, material) ? pendingRotation(call, key) : stateOf(key, material),
  RotationDate: material.rotated === null ? undefined : new Date(material.rotated),
  RotationType: material.rotation_type ?? undefined,
});

const stateOf = (key: KeyRow, { material_id }: MaterialEntry) =>
  material_id === key.material_id ? 'CURRENT' : 'NON_CURRENT';

const importOf = ({ description, here, expires }: MaterialEntry) => ({
  KeyMaterialDescription: description ?? undefined,
  ImportState: here ? 'IMPORTED' : 'PENDING_IMPORT',
  ...(here ? expirationOf(expires) : {}),
});
