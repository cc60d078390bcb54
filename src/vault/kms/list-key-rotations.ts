import { type Call, reading } from '../operation.ts';
import { enumeration, integer, required } from '../shape.ts';
import { findKeyById, keyArnOf, requireNotPending } from './find-key.ts';
import { keyId, marker } from './members.ts';
import { page } from './page.ts';
import { type KeyRow, type MaterialRow, selectMaterials } from './rows.ts';

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
    requireNotPending(key);
    const all = materialsUntil(call, key).filter(
      ({ rotated }) => rotated !== null || IncludeKeyMaterial === 'ALL_KEY_MATERIAL',
    );
    const { rows, rest } = page(
      { limit: Limit, marker: Marker },
      (place, count) => all.filter((material) => placeOf(material) > place).slice(0, count),
      placeOf,
    );
    return { Rotations: rows.map((material) => entryOf(key, material)), ...rest };
  },
);

type Material = Omit<MaterialRow, 'material'>;

/** What has taken its place by now; what is made for the next rotation is nobody's business yet. */
const materialsUntil = ({ database, now }: Call, { account, region, key_id }: KeyRow): Material[] =>
  selectMaterials.all(database, account, region, key_id).filter(({ rotated }) => (rotated ?? 0) <= now.getTime());

/** Sorts as the list does: by time, then by id. */
const placeOf = ({ rotated, material_id }: Material) => `${String(rotated ?? 0).padStart(15, '0')} ${material_id}`;

const entryOf = (key: KeyRow, { material_id, rotated, rotation_type }: Material) => ({
  KeyId: keyArnOf(key),
  KeyMaterialId: material_id,
  KeyMaterialState: material_id === key.material_id ? 'CURRENT' : 'NON_CURRENT',
  RotationDate: rotated === null ? undefined : new Date(rotated),
  RotationType: rotation_type ?? undefined,
});
