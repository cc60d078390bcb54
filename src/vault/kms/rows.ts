import { statement } from '../store/database.ts';
import type { Schema } from '../store/format.ts';

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

export const kmsSchema: Schema = [format1];

export interface KeyRow {
  account: string;
  region: string;
  key_id: string;
  manager: 'AWS' | 'CUSTOMER';
  state: string;
  description: string;
  policy: string | null;
  tags: string;
  material_id: string;
  created: number;
}

export interface MaterialRow {
  account: string;
  region: string;
  key_id: string;
  material_id: string;
  material: Uint8Array;
  created: number;
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
  'INSERT INTO kms_keys (account, region, key_id, manager, state, description, policy, tags, material_id, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
);
export const selectKey = statement<KeyRow>(`SELECT * FROM kms_keys WHERE ${ofPlace} AND key_id = ?`);
export const selectKeys = statement<KeyRow>('SELECT * FROM kms_keys ORDER BY account, region, key_id');
/** Account, Region, the last row's id, how many. */
export const selectKeysAfter = statement<KeyRow>(
  `SELECT * FROM kms_keys WHERE ${ofPlace} AND key_id > ? ORDER BY key_id LIMIT ?`,
);
export const setTags = statement(`UPDATE kms_keys SET tags = ? WHERE ${ofPlace} AND key_id = ?`);

export const insertMaterial = statement(
  'INSERT INTO kms_materials (account, region, key_id, material_id, material, created) VALUES (?, ?, ?, ?, ?, ?)',
);
export const selectMaterial = statement<MaterialRow>(
  `SELECT * FROM kms_materials WHERE ${ofPlace} AND key_id = ? AND material_id = ?`,
);
export const selectMaterialIds = statement<{ material_id: string }>(
  `SELECT material_id FROM kms_materials WHERE ${ofPlace} AND key_id = ?`,
);

export const insertAlias = statement(
  'INSERT INTO kms_aliases (account, region, name, key_id, created, updated) VALUES (?, ?, ?, ?, ?, ?)',
);
export const selectAlias = statement<AliasRow>(`SELECT * FROM kms_aliases WHERE ${ofPlace} AND name = ?`);
/** Account, Region, the last row's name, how many. */
export const selectAliasesAfter = statement<AliasRow>(
  `SELECT * FROM kms_aliases WHERE ${ofPlace} AND name > ? ORDER BY name LIMIT ?`,
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
`);
