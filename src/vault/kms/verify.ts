import type { Call } from '../operation.ts';
import type { Database } from '../store/database.ts';
import { type GrantRow, selectGrants } from './grant-rows.ts';
import { constraintsOf, operationsOf } from './grants.ts';
import { openMaterial } from './key-material.ts';
import { fitting } from './material-fits.ts';
import { isReplica } from './related-keys.ts';
import { type KeyRow, selectKey, selectKeys, selectMaterials, selectStrayRows } from './rows.ts';
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
  const materials = selectMaterials.all(call.database, key.account, key.region, key.key_id);
  const entryOf = (id: string | null) => materials.find(({ material_id }) => material_id === id);
  yield* refusal(`${said}: its tags cannot be read`, () => tagsOf(key));
  yield* refusal(`${said}: it has lost its material`, () => {
    if (!mayWait(key) && !openMaterial(call, key, key.material_id)) throw new Error('no material');
  });
  if (key.next_material_id !== null && !entryOf(key.next_material_id)) {
    yield `${said}: the material of its next rotation is not there`;
  }
  for (const { material_id } of materials.filter(({ here }) => here)) {
    yield* materialProblems(call, key, material_id, `${said}: material ${material_id}`);
  }
  for (const grant of selectGrants.all(call.database, key.account, key.region, key.key_id)) {
    yield* refusal(`${said}: what grant ${grant.grant_id} allows cannot be read`, () => requireReadable(grant));
  }
  const lost = materials.filter(({ here }) => !here && !mayWait(key));
  for (const { material_id } of lost) {
    if (material_id === key.material_id || (key.origin === 'EXTERNAL' && material_id === key.next_material_id))
      continue;
    yield `${said}: material ${material_id} is not there`;
  }
  if (isReplica(key) && !selectKey.get(call.database, key.account, key.primary_region!, key.key_id)) {
    yield `${said}: its primary key in ${key.primary_region} is not there`;
  }
}

function* materialProblems(call: Call, key: KeyRow, materialId: string, said: string): Generator<string> {
  let bytes: Uint8Array | undefined;
  yield* refusal(`${said} does not open`, () => {
    bytes = openMaterial(call, key, materialId);
  });
  if (bytes && !fitting(specs[key.spec], bytes)) yield `${said} is no ${key.spec} key`;
}

function requireReadable(grant: GrantRow): void {
  if (!Array.isArray(operationsOf(grant))) throw new Error('no operations');
  constraintsOf(grant);
}

/** Whether a key is as it should be without a material: it waits for its import, or began to before it was to be deleted. */
const mayWait = ({ origin, state }: KeyRow) => origin === 'EXTERNAL' && state !== 'Enabled' && state !== 'Disabled';

function* refusal(problem: string, work: () => unknown): Generator<string> {
  try {
    work();
  } catch {
    yield problem;
  }
}
