import { randomBytes, randomUUID } from 'node:crypto';
import type { Call } from '../operation.ts';
import { addMaterial, newMaterialId } from './key-material.ts';
import { keyNow } from './key-now.ts';
import { insertAlias, insertKey, type KeyRow, selectAlias } from './rows.ts';
import type { KeySpec, KeyUsage } from './specs.ts';
import type { Tag } from './tags.ts';

interface NewKey {
  readonly manager: KeyRow['manager'];
  readonly description: string;
  readonly policy?: string;
  readonly tags?: readonly Tag[];
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly multiRegion?: boolean;
  /** Its first material; a key that waits for the one its owner will import has none. */
  readonly bytes: Uint8Array | undefined;
}

/** Makes a key with its first material, enabled as soon as it has one. */
export function makeKey(call: Call, { manager, description, policy, tags = [], bytes, ...kind }: NewKey): KeyRow {
  const { account, region, now } = call;
  const key: KeyRow = {
    account,
    region,
    key_id: kind.multiRegion ? `mrk-${randomBytes(16).toString('hex')}` : randomUUID(),
    manager,
    state: bytes ? 'Enabled' : 'PendingImport',
    description,
    policy: policy ?? null,
    tags: JSON.stringify(tags),
    material_id: bytes ? newMaterialId() : '',
    created: now.getTime(),
    spec: kind.spec,
    usage: kind.usage,
    origin: bytes ? 'AWS_KMS' : 'EXTERNAL',
    primary_region: kind.multiRegion ? region : null,
    ...{
      deletion: null,
      rotation_days: null,
      next_rotation: null,
      next_material_id: null,
      used: null,
      used_for: null,
      deletion_days: null,
    },
  };
  insert(call, key);
  if (bytes) addMaterial(call, key.key_id, { id: key.material_id, bytes });
  return key;
}

export function insert({ database }: Call, key: KeyRow): void {
  insertKey.run(
    database,
    key.account,
    key.region,
    key.key_id,
    key.manager,
    key.state,
    key.description,
    key.policy,
    key.tags,
    key.material_id,
    key.created,
    key.spec,
    key.usage,
    key.origin,
    key.primary_region,
  );
}

const symmetricKey = { spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' } as const;

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
  const description = managedKeys[alias]!;
  const key = makeKey(call, { manager: 'AWS', description, ...symmetricKey, bytes: randomBytes(32) });
  insertAlias.run(database, account, region, alias, key.key_id, now.getTime(), now.getTime());
  return key;
}
