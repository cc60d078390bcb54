import { randomUUID } from 'node:crypto';
import type { Call } from '../operation.ts';
import { addMaterial, newMaterialId } from './key-material.ts';
import { keyNow } from './key-now.ts';
import { insertAlias, insertKey, type KeyRow, selectAlias } from './rows.ts';
import type { Tag } from './tags.ts';

interface NewKey {
  readonly manager: KeyRow['manager'];
  readonly description: string;
  readonly policy?: string;
  readonly tags?: readonly Tag[];
}

/** Makes an enabled symmetric key with its first material. */
export function makeKey(call: Call, { manager, description, policy, tags = [] }: NewKey): KeyRow {
  const { account, region, database, now } = call;
  const key: KeyRow = {
    account,
    region,
    key_id: randomUUID(),
    manager,
    state: 'Enabled',
    description,
    policy: policy ?? null,
    tags: JSON.stringify(tags),
    material_id: newMaterialId(),
    created: now.getTime(),
    ...{ deletion: null, rotation_days: null, next_rotation: null, next_material_id: null, used: null, used_for: null },
  };
  insertKey.run(
    database,
    account,
    region,
    key.key_id,
    key.manager,
    key.state,
    key.description,
    key.policy,
    key.tags,
    key.material_id,
    key.created,
  );
  addMaterial(call, key.key_id, key.material_id);
  return key;
}

const managedKeys: Readonly<Record<string, string>> = {
  'alias/aws/secretsmanager': 'Default key that protects my Secrets Manager data when no other key is defined',
  'alias/aws/ssm': 'Default key that protects my SSM parameters when no other key is defined',
};

/** The alias of AWS's own that an alias or alias ARN is, if the vault knows it: its key appears when first asked for. */
export function managedAliasIn(keyId: string): string | undefined {
  const alias = keyId.slice(keyId.lastIndexOf(':') + 1);
  return Object.hasOwn(managedKeys, alias) ? alias : undefined;
}

/** The key behind one of AWS's own aliases, made when it is not there yet. */
export function managedKey(call: Call, alias: string): KeyRow {
  const { account, region, database, now } = call;
  const row = selectAlias.get(database, account, region, alias);
  const found = row && keyNow(call, row.key_id);
  if (found) return found;
  const key = makeKey(call, { manager: 'AWS', description: managedKeys[alias]! });
  insertAlias.run(database, account, region, alias, key.key_id, now.getTime(), now.getTime());
  return key;
}
