import { statement } from '../store/database.ts';
import type { Schema } from '../store/format.ts';
import type { KeySpec, KeyUsage } from './specs.ts';

const format1 = `
  CREATE TABLE kms_keys (
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    key_id TEXT NOT NULL,                 -- UUID
    manager TEXT NOT NULL,                -- AWS or CUSTOMER
    state TEXT NOT NULL,                  -- as AWS's KeyState: Enabled, Disabled, PendingDeletion, ...
    description TEXT NOT NULL,
    policy TEXT,                          -- JSON as it came; null: AWS's default policy
    tags TEXT NOT NULL,                   -- JSON: [{"TagKey": ..., "TagValue": ...}], in the order they were added
    material_id TEXT NOT NULL,            -- of kms_materials: the one that encrypts; the others still decrypt
    created INTEGER NOT NULL,             -- milliseconds since 1970, as all times here
    PRIMARY KEY (account, region, key_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE kms_materials (
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    key_id TEXT NOT NULL,
    material_id TEXT NOT NULL,            -- 64 hexadecimal digits
    material BLOB NOT NULL,               -- 32 bytes, sealed under the vault's master key
    created INTEGER NOT NULL,
    PRIMARY KEY (account, region, key_id, material_id),
    FOREIGN KEY (account, region, key_id) REFERENCES kms_keys (account, region, key_id) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE kms_aliases (
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,                   -- with its "alias/"
    key_id TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    PRIMARY KEY (account, region, name),
    FOREIGN KEY (account, region, key_id) REFERENCES kms_keys (account, region, key_id) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX kms_aliases_by_key ON kms_aliases (account, region, key_id, name);
`;

/** Deletion, rotation and last use of keys. */
const format2 = `
  ALTER TABLE kms_keys ADD COLUMN deletion INTEGER;         -- when a key that waits for its deletion goes
  ALTER TABLE kms_keys ADD COLUMN rotation_days INTEGER;    -- null: no automatic rotation
  ALTER TABLE kms_keys ADD COLUMN next_rotation INTEGER;    -- when next_material_id takes its place
  ALTER TABLE kms_keys ADD COLUMN next_material_id TEXT;
  ALTER TABLE kms_keys ADD COLUMN used INTEGER;             -- last cryptographic use, to the hour; null: none
  ALTER TABLE kms_keys ADD COLUMN used_for TEXT;            -- and its operation
  ALTER TABLE kms_materials ADD COLUMN rotated INTEGER;     -- when it took its place; null: the first
  ALTER TABLE kms_materials ADD COLUMN rotation_type TEXT;  -- AUTOMATIC or ON_DEMAND
`;

/** Every kind of key, where its material comes from and where else it is; and grants. */
const format3 = `
  ALTER TABLE kms_keys ADD COLUMN spec TEXT NOT NULL DEFAULT 'SYMMETRIC_DEFAULT';
  ALTER TABLE kms_keys ADD COLUMN usage TEXT NOT NULL DEFAULT 'ENCRYPT_DECRYPT';
  ALTER TABLE kms_keys ADD COLUMN origin TEXT NOT NULL DEFAULT 'AWS_KMS';
  ALTER TABLE kms_keys ADD COLUMN primary_region TEXT;      -- of a multi-Region key; null: it is of one Region
  ALTER TABLE kms_keys ADD COLUMN deletion_days INTEGER;    -- how long it waits once its replicas are gone
  ALTER TABLE kms_materials ADD COLUMN description TEXT;    -- of an imported one, as is
  ALTER TABLE kms_materials ADD COLUMN expires INTEGER;     -- null: it does not

  CREATE TABLE kms_grants (
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    key_id TEXT NOT NULL,
    grant_id TEXT NOT NULL,               -- 64 hexadecimal digits
    name TEXT,
    grantee TEXT NOT NULL,                -- ARN
    retiring TEXT,                        -- ARN
    issuer TEXT NOT NULL,                 -- ARN
    operations TEXT NOT NULL,             -- JSON: their names
    constraints TEXT,                     -- JSON as the API has it
    created INTEGER NOT NULL,
    PRIMARY KEY (account, region, key_id, grant_id),
    FOREIGN KEY (account, region, key_id) REFERENCES kms_keys (account, region, key_id) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
`;

export const kmsSchema: Schema = [format1, format2, format3];

export interface KeyRow {
  account: string;
  region: string;
  key_id: string;
  manager: 'AWS' | 'CUSTOMER';
  state: string;
  description: string;
  policy: string | null;
  tags: string;
  /** Empty where there is none yet. */
  material_id: string;
  created: number;
  deletion: number | null;
  rotation_days: number | null;
  next_rotation: number | null;
  /** Made for the next automatic rotation; or imported, and waiting to be rotated to. */
  next_material_id: string | null;
  used: number | null;
  used_for: string | null;
  spec: KeySpec;
  usage: KeyUsage;
  origin: 'AWS_KMS' | 'EXTERNAL';
  primary_region: string | null;
  deletion_days: number | null;
}

export interface MaterialRow {
  account: string;
  region: string;
  key_id: string;
  material_id: string;
  /** Sealed under the vault's master key: bytes of a secret key, PKCS #8 in DER of a private one. Empty: to be imported. */
  material: Uint8Array;
  created: number;
  rotated: number | null;
  rotation_type: 'AUTOMATIC' | 'ON_DEMAND' | null;
  description: string | null;
  expires: number | null;
}

/** All about a material but itself. */
export interface MaterialEntry extends Omit<MaterialRow, 'material'> {
  /** Whether the material is here: 0 or 1. */
  here: number;
}

export interface AliasRow {
  account: string;
  region: string;
  name: string;
  key_id: string;
  created: number;
  updated: number;
}

const ofPlace = 'account = ? AND region = ?';

export const insertKey = statement(
  'INSERT INTO kms_keys (account, region, key_id, manager, state, description, policy, tags, material_id, created, spec, usage, origin, primary_region) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
);
export const selectKey = statement<KeyRow>(`SELECT * FROM kms_keys WHERE ${ofPlace} AND key_id = ?`);
export const selectKeys = statement<KeyRow>('SELECT * FROM kms_keys ORDER BY account, region, key_id');
/** Account, Region, now, the last row's id, how many. */
export const selectKeysAfter = statement<KeyRow>(
  `SELECT * FROM kms_keys WHERE ${ofPlace} AND (deletion IS NULL OR deletion > ?) AND key_id > ? ORDER BY key_id LIMIT ?`,
);
export const ofKey = `${ofPlace} AND key_id = ?`;
export const setState = statement(`UPDATE kms_keys SET state = ?, deletion = ?, deletion_days = NULL WHERE ${ofKey}`);
export const setWaitingForReplicas = statement(
  `UPDATE kms_keys SET state = 'PendingReplicaDeletion', deletion = NULL, deletion_days = ? WHERE ${ofKey}`,
);
export const setDescription = statement(`UPDATE kms_keys SET description = ? WHERE ${ofKey}`);
export const setPolicy = statement(`UPDATE kms_keys SET policy = ? WHERE ${ofKey}`);
export const setMaterial = statement(`UPDATE kms_keys SET material_id = ? WHERE ${ofKey}`);
/** Days, when next, the material that is next. */
export const setRotation = statement(
  `UPDATE kms_keys SET rotation_days = ?, next_rotation = ?, next_material_id = ? WHERE ${ofKey}`,
);
export const setUsed = statement(`UPDATE kms_keys SET used = ?, used_for = ? WHERE ${ofKey}`);
export const deleteKeyRow = statement(`DELETE FROM kms_keys WHERE ${ofKey}`);
export const selectExpiredKeys = statement<KeyRow>(`SELECT * FROM kms_keys WHERE ${ofPlace} AND deletion <= ?`);
export const setTags = statement(`UPDATE kms_keys SET tags = ? WHERE ${ofPlace} AND key_id = ?`);

/** A multi-Region key in all its Regions: account, id. */
export const selectRelatedKeys = statement<KeyRow>(
  'SELECT * FROM kms_keys WHERE account = ? AND key_id = ? AND primary_region IS NOT NULL ORDER BY region',
);
export const setPrimaryRegion = statement(
  'UPDATE kms_keys SET primary_region = ? WHERE account = ? AND key_id = ? AND primary_region IS NOT NULL',
);

export const insertMaterial = statement(
  'INSERT INTO kms_materials (account, region, key_id, material_id, material, created, rotated, rotation_type, description, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
);
export const selectMaterial = statement<MaterialRow>(
  `SELECT * FROM kms_materials WHERE ${ofPlace} AND key_id = ? AND material_id = ?`,
);

/** By the time at which each took its place; the first material comes first. */
export const selectMaterials = statement<MaterialEntry>(`
  SELECT account, region, key_id, material_id, created, rotated, rotation_type, description, expires, length(material) > 0 AS here
  FROM kms_materials WHERE ${ofKey} ORDER BY rotated, material_id
`);
/** The material, its description, when it expires. */
export const setImported = statement(
  `UPDATE kms_materials SET material = ?, description = ?, expires = ? WHERE ${ofKey} AND material_id = ?`,
);
export const emptyMaterial = statement(
  `UPDATE kms_materials SET material = x'', expires = NULL WHERE ${ofKey} AND material_id = ?`,
);
/** When it took its place, how. */
export const setRotated = statement(
  `UPDATE kms_materials SET rotated = ?, rotation_type = ? WHERE ${ofKey} AND material_id = ?`,
);
export const selectExpiredMaterials = statement<{ material_id: string }>(
  `SELECT material_id FROM kms_materials WHERE ${ofKey} AND expires <= ?`,
);
export const deleteMaterial = statement(`DELETE FROM kms_materials WHERE ${ofKey} AND material_id = ?`);
export const countOnDemand = statement<{ count: number }>(
  `SELECT count(*) AS count FROM kms_materials WHERE ${ofKey} AND rotation_type = 'ON_DEMAND'`,
);

export const insertAlias = statement(
  'INSERT INTO kms_aliases (account, region, name, key_id, created, updated) VALUES (?, ?, ?, ?, ?, ?)',
);
export const selectAlias = statement<AliasRow>(`SELECT * FROM kms_aliases WHERE ${ofPlace} AND name = ?`);
const keyIsThere = `key_id NOT IN (SELECT key_id FROM kms_keys k WHERE k.account = kms_aliases.account AND k.region = kms_aliases.region AND k.deletion <= ?)`;
/** Account, Region, now, the last row's name, how many. */
export const selectAliasesAfter = statement<AliasRow>(
  `SELECT * FROM kms_aliases WHERE ${ofPlace} AND ${keyIsThere} AND name > ? ORDER BY name LIMIT ?`,
);
/** Account, Region, key, the last row's name, how many. */
export const selectAliasesOfKeyAfter = statement<AliasRow>(
  `SELECT * FROM kms_aliases WHERE ${ofPlace} AND key_id = ? AND name > ? ORDER BY name LIMIT ?`,
);
export const setAliasTarget = statement(`UPDATE kms_aliases SET key_id = ?, updated = ? WHERE ${ofPlace} AND name = ?`);
export const deleteAliasRow = statement(`DELETE FROM kms_aliases WHERE ${ofPlace} AND name = ?`);

/** Rows whose key is not there: foreign keys forbid it, damage does not ask. */
export const selectStrayRows = statement<{ what: string; name: string; region: string; key_id: string }>(`
  SELECT 'alias' AS what, name, region, key_id FROM kms_aliases
  WHERE (account, region, key_id) NOT IN (SELECT account, region, key_id FROM kms_keys)
  UNION ALL
  SELECT 'key material', material_id, region, key_id FROM kms_materials
  WHERE (account, region, key_id) NOT IN (SELECT account, region, key_id FROM kms_keys)
  UNION ALL
  SELECT 'grant', grant_id, region, key_id FROM kms_grants
  WHERE (account, region, key_id) NOT IN (SELECT account, region, key_id FROM kms_keys)
`);
