import { statement } from '../store/database.ts';
import type { Schema } from '../store/format.ts';

const format1 = `
  CREATE TABLE secrets (
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    arn TEXT NOT NULL UNIQUE,
    description TEXT,                     -- null: none
    kms_key_id TEXT,                      -- as the request named it; null: aws/secretsmanager
    tags TEXT NOT NULL,                   -- JSON: [{"Key": ..., "Value": ...}], in the order they were added
    created INTEGER NOT NULL,             -- milliseconds since 1970, as all times here
    changed INTEGER NOT NULL,
    accessed INTEGER NOT NULL DEFAULT 0,  -- the start of that day in UTC; 0: never
    deleted INTEGER,                      -- the end of its recovery window; null: not scheduled for deletion
    PRIMARY KEY (account, region, name)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX secrets_by_created ON secrets (account, region, created, name);
  CREATE INDEX secrets_by_changed ON secrets (account, region, changed, name);
  CREATE INDEX secrets_by_accessed ON secrets (account, region, accessed, name);
  CREATE INDEX secrets_by_deleted ON secrets (account, region, deleted) WHERE deleted IS NOT NULL;

  CREATE TABLE secret_versions (
    sequence INTEGER PRIMARY KEY,         -- the order in which versions were made
    secret TEXT NOT NULL REFERENCES secrets (arn) ON DELETE CASCADE,
    version_id TEXT NOT NULL,
    kms_key_arn TEXT,                     -- the key its value is sealed under; null: aws/secretsmanager
    secret_string BLOB,                   -- sealed UTF-8
    secret_binary BLOB,                   -- sealed
    created INTEGER NOT NULL,
    accessed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (secret, version_id),
    CHECK ((secret_string IS NULL) <> (secret_binary IS NULL))
  ) STRICT;
  CREATE INDEX secret_versions_by_sequence ON secret_versions (secret, sequence);

  -- The key says what a staging label is: within a secret it sits on one version at most.
  CREATE TABLE secret_stages (
    secret TEXT NOT NULL,
    stage TEXT NOT NULL,
    version_id TEXT NOT NULL,
    PRIMARY KEY (secret, stage),
    FOREIGN KEY (secret, version_id) REFERENCES secret_versions (secret, version_id) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX secret_stages_by_version ON secret_stages (secret, version_id);
`;

/** Replicas, rotation, policies, types; and versions that have no value yet, as a rotation begins with one. */
const format2 = `
  ALTER TABLE secrets ADD COLUMN type TEXT;
  ALTER TABLE secrets ADD COLUMN policy TEXT;             -- JSON as it came; null: none
  ALTER TABLE secrets ADD COLUMN rotation TEXT;           -- JSON: see rotation.ts; null: never set up
  ALTER TABLE secrets ADD COLUMN rotated INTEGER;
  ALTER TABLE secrets ADD COLUMN primary_region TEXT;     -- its own: it has replicas; another: it is a replica

  CREATE TABLE secret_replicas (
    secret TEXT NOT NULL REFERENCES secrets (arn) ON DELETE CASCADE,
    region TEXT NOT NULL,
    kms_key_id TEXT,                      -- as the request named it; null: aws/secretsmanager of that Region
    failure TEXT,                         -- why the replica could not be made; null: it is in step
    PRIMARY KEY (secret, region)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE secret_versions_2 (
    sequence INTEGER PRIMARY KEY,         -- the order in which versions were made
    secret TEXT NOT NULL REFERENCES secrets (arn) ON DELETE CASCADE,
    version_id TEXT NOT NULL,
    kms_key_arn TEXT,                     -- the key its value is sealed under; null: aws/secretsmanager
    secret_string BLOB,                   -- sealed UTF-8
    secret_binary BLOB,                   -- sealed
    created INTEGER NOT NULL,
    accessed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (secret, version_id),
    CHECK (secret_string IS NULL OR secret_binary IS NULL)
  ) STRICT;
  INSERT INTO secret_versions_2 SELECT * FROM secret_versions;
  DROP TABLE secret_versions;
  ALTER TABLE secret_versions_2 RENAME TO secret_versions;
  CREATE INDEX secret_versions_by_sequence ON secret_versions (secret, sequence);
  CREATE INDEX secret_versions_by_created ON secret_versions (secret, created);
`;

export const secretsManagerSchema: Schema = [format1, format2];

export interface SecretRow {
  account: string;
  region: string;
  name: string;
  arn: string;
  description: string | null;
  kms_key_id: string | null;
  tags: string;
  created: number;
  changed: number;
  accessed: number;
  deleted: number | null;
  type: string | null;
  policy: string | null;
  rotation: string | null;
  rotated: number | null;
  primary_region: string | null;
}

export interface ReplicaRow {
  secret: string;
  region: string;
  kms_key_id: string | null;
  failure: string | null;
}

export interface VersionRow {
  sequence: number;
  secret: string;
  version_id: string;
  kms_key_arn: string | null;
  secret_string: Uint8Array | null;
  secret_binary: Uint8Array | null;
  created: number;
  accessed: number;
}

/** A version without its value. */
export type VersionEntryRow = Omit<VersionRow, 'secret_string' | 'secret_binary'>;

export interface StageRow {
  stage: string;
  version_id: string;
}

const ofPlace = 'account = ? AND region = ?';

export const insertSecret = statement(
  'INSERT INTO secrets (account, region, name, arn, description, kms_key_id, tags, created, changed, type) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
);
export const selectSecretByName = statement<SecretRow>(`SELECT * FROM secrets WHERE ${ofPlace} AND name = ?`);
export const selectSecretByArn = statement<SecretRow>('SELECT * FROM secrets WHERE arn = ?');
export const selectSecrets = statement<SecretRow>('SELECT * FROM secrets ORDER BY account, region, name');
export const selectRotating = statement<SecretRow>(
  'SELECT * FROM secrets WHERE rotation IS NOT NULL AND deleted IS NULL AND (primary_region IS NULL OR primary_region = region) ORDER BY account, region, name',
);
export const setDescription = statement('UPDATE secrets SET description = ? WHERE arn = ?');
export const setKmsKeyId = statement('UPDATE secrets SET kms_key_id = ? WHERE arn = ?');
export const setTags = statement('UPDATE secrets SET tags = ? WHERE arn = ?');
export const setChanged = statement('UPDATE secrets SET changed = ? WHERE arn = ?');
export const setAccessed = statement('UPDATE secrets SET accessed = ? WHERE arn = ?');
export const setDeletionDate = statement('UPDATE secrets SET deleted = ? WHERE arn = ?');
export const setType = statement('UPDATE secrets SET type = ? WHERE arn = ?');
export const setPolicy = statement('UPDATE secrets SET policy = ? WHERE arn = ?');
export const setRotation = statement('UPDATE secrets SET rotation = ? WHERE arn = ?');
export const setRotated = statement('UPDATE secrets SET rotated = ? WHERE arn = ?');
export const setPrimaryRegion = statement('UPDATE secrets SET primary_region = ? WHERE arn = ?');
export const deleteSecretRow = statement('DELETE FROM secrets WHERE arn = ?');
export const deleteExpiredSecrets = statement(`DELETE FROM secrets WHERE ${ofPlace} AND deleted <= ?`);

export type SortColumn = 'created' | 'changed' | 'accessed' | 'name';

/** Account, Region, the time after which a scheduled deletion counts as present, the last row's place, how many. */
export const selectSecretsAfter = (column: SortColumn, order: 'asc' | 'desc') =>
  statement<SecretRow>(`
    SELECT * FROM secrets
    WHERE ${ofPlace} AND (deleted IS NULL OR deleted > ?) AND (${column}, name) ${order === 'asc' ? '>' : '<'} (?, ?)
    ORDER BY ${column} ${order}, name ${order} LIMIT ?
  `);

export const insertVersion = statement(
  'INSERT INTO secret_versions (secret, version_id, kms_key_arn, secret_string, secret_binary, created) VALUES (?, ?, ?, ?, ?, ?)',
);
export const selectVersion = statement<VersionRow>('SELECT * FROM secret_versions WHERE secret = ? AND version_id = ?');
export const selectVersionByStage = statement<VersionRow>(
  'SELECT v.* FROM secret_stages JOIN secret_versions v USING (secret, version_id) WHERE secret = ? AND stage = ?',
);
export const selectVersionIds = statement<{ version_id: string }>(
  'SELECT version_id FROM secret_versions WHERE secret = ? ORDER BY sequence',
);
export const setSealed = statement(
  'UPDATE secret_versions SET kms_key_arn = ?, secret_string = ?, secret_binary = ? WHERE sequence = ?',
);
export const setVersionAccessed = statement('UPDATE secret_versions SET accessed = ? WHERE sequence = ?');
export const selectOrphans = statement<{ secret: string; version_id: string }>(
  'SELECT secret, version_id FROM secret_versions WHERE secret NOT IN (SELECT arn FROM secrets)',
);

const entry = 'sequence, secret, version_id, kms_key_arn, created, accessed';

/** Newest first: the secret, the last row's sequence, how many. */
export const selectVersionsBefore = statement<VersionEntryRow>(
  `SELECT ${entry} FROM secret_versions WHERE secret = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?`,
);
export const selectLabelledVersionsBefore = statement<VersionEntryRow>(`
  SELECT DISTINCT ${entry} FROM secret_stages JOIN secret_versions USING (secret, version_id)
  WHERE secret = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?
`);

/** Secret, time, secret, how many of the newest stay. */
export const deleteUnlabelledVersions = statement(`
  DELETE FROM secret_versions INDEXED BY secret_versions_by_created
  WHERE secret = ? AND created <= ?
    AND sequence <= (SELECT sequence FROM secret_versions WHERE secret = ? ORDER BY sequence DESC LIMIT 1 OFFSET ?)
    AND NOT EXISTS (
      SELECT 1 FROM secret_stages s
      WHERE s.secret = secret_versions.secret AND s.version_id = secret_versions.version_id
    )
`);

export const selectStages = statement<StageRow>(
  'SELECT stage, version_id FROM secret_stages WHERE secret = ? ORDER BY stage',
);
export const selectStagesOfVersion = statement<StageRow>(
  'SELECT stage, version_id FROM secret_stages WHERE secret = ? AND version_id = ? ORDER BY stage',
);
export const selectStage = statement<StageRow>(
  'SELECT stage, version_id FROM secret_stages WHERE secret = ? AND stage = ?',
);
export const putStage = statement(`
  INSERT INTO secret_stages (secret, stage, version_id) VALUES (?, ?, ?)
  ON CONFLICT (secret, stage) DO UPDATE SET version_id = excluded.version_id
`);
export const deleteStage = statement('DELETE FROM secret_stages WHERE secret = ? AND stage = ?');

export const putReplica = statement(`
  INSERT INTO secret_replicas (secret, region, kms_key_id, failure) VALUES (?, ?, ?, ?)
  ON CONFLICT (secret, region) DO UPDATE SET kms_key_id = excluded.kms_key_id, failure = excluded.failure
`);
export const selectReplicas = statement<ReplicaRow>('SELECT * FROM secret_replicas WHERE secret = ? ORDER BY region');
export const selectStrayReplicas = statement<ReplicaRow>(
  'SELECT * FROM secret_replicas WHERE secret NOT IN (SELECT arn FROM secrets)',
);
export const deleteReplica = statement('DELETE FROM secret_replicas WHERE secret = ? AND region = ?');

/** All versions, the oldest first. */
export const selectVersions = statement<VersionRow>('SELECT * FROM secret_versions WHERE secret = ? ORDER BY sequence');
export const deleteVersion = statement('DELETE FROM secret_versions WHERE secret = ? AND version_id = ?');
/** What a replica has of its primary besides versions; the last is the replica's ARN. */
export const copyDetails = statement(
  'UPDATE secrets SET description = ?, tags = ?, policy = ?, type = ?, rotation = ?, rotated = ?, changed = ? WHERE arn = ?',
);
