import type { Call } from '../operation.ts';
import { openMaterial, sealMaterial } from './key-material.ts';
import { insertMaterial, type KeyRow, type MaterialEntry, selectMaterials } from './rows.ts';

/** Gives a replica the materials of its primary, sealed for its own Region; of imported ones, what they are called. */
export function copyMaterials(there: Call, primary: KeyRow): void {
  const { account, region, key_id } = primary;
  for (const entry of selectMaterials.all(there.database, account, region, key_id)) copy(there, primary, entry);
}

function copy(there: Call, primary: KeyRow, entry: MaterialEntry): void {
  const { account, key_id, material_id, created, rotated, rotation_type, description } = entry;
  const place = { account, region: there.region, key_id, material_id };
  const bytes = primary.origin === 'EXTERNAL' ? undefined : openMaterial(there, primary, material_id);
  const sealed = bytes ? sealMaterial(there, place, bytes) : new Uint8Array();
  const when = [created, rotated, rotation_type, description, null] as const;
  insertMaterial.run(there.database, account, there.region, key_id, material_id, sealed, ...when);
}
