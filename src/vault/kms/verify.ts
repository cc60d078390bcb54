import type { Call } from '../operation.ts';
import type { Database } from '../store/database.ts';
import { selectGrants } from './grant-rows.ts';
import { constraintsOf, operationsOf } from './grants.ts';
import { openMaterial } from './key-material.ts';
import { materialFits } from './material-fits.ts';
import { type KeyRow, selectKeys, selectMaterialIds, selectStrayRows } from './rows.ts';
import { specs } from './specs.ts';
import { tagsOf } from './tags.ts';

/** Opens every key's materials and follows every reference; says in words what is wrong. */
export function* problems(database: Database, callIn: (region: string, account?: string) => Call): Generator<string> {
  for (const key of selectKeys.all(database)) yield* problemsOf(callIn(key.region, key.account), key);
  for (const { what, name, region, key_id } of selectStrayRows.all(database)) {
    yield `${what} "${name}" in ${region} belongs to key "${key_id}", which is not there`;
  }
}

function* problemsOf(call: Call, key: KeyRow): Generator<string> {
  const said = `key "${key.key_id}" in ${key.region}`;
  yield* refusal(`${said}: its tags cannot be read`, () => tagsOf(key));
  yield* refusal(`${said}: it has lost its material`, () => {
    if (key.state !== 'PendingImport' && !openMaterial(call, key, key.material_id)) throw new Error('no material');
  });
  if (key.next_rotation !== null && !isThere(call, key, key.next_material_id)) {
    yield `${said}: the material of its next rotation is not there`;
  }
  for (const { material_id } of selectMaterialIds.all(call.database, key.account, key.region, key.key_id)) {
    let bytes: Uint8Array | undefined;
    yield* refusal(`${said}: material ${material_id} does not open`, () => {
      bytes = openMaterial(call, key, material_id);
    });
    if (bytes && !materialFits(specs[key.spec], bytes)) {
      yield `${said}: material ${material_id} is no ${key.spec} key`;
    }
  }
  for (const grant of selectGrants.all(call.database, key.account, key.region, key.key_id)) {
    yield* refusal(`${said}: what grant ${grant.grant_id} allows cannot be read`, () => {
      if (!Array.isArray(operationsOf(grant))) throw new Error('no operations');
      constraintsOf(grant);
    });
  }
}

const isThere = (call: Call, key: KeyRow, materialId: string | null) =>
  materialId !== null && openMaterial(call, key, materialId) !== undefined;

function* refusal(problem: string, work: () => unknown): Generator<string> {
  try {
    work();
  } catch {
    yield problem;
  }
}
