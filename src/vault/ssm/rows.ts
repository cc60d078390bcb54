import { statement } from '../store/database.ts';
import type { Schema } from '../store/format.ts';

const format1 = `
  CREATE TABLE parameters (
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,   -- the newest
    tags TEXT NOT NULL,         -- JSON: [{"Key": ..., "Value": ...}], in the order they were added
    PRIMARY KEY (account, region, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE parameter_versions (
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    type TEXT NOT NULL,         -- String, StringList or SecureString
    value BLOB NOT NULL,        -- sealed UTF-8, whatever the type
    tier TEXT NOT NULL,         -- Standard or Advanced
    data_type TEXT NOT NULL,
    key_id TEXT,                -- of a SecureString, as the request named it
    description TEXT,
    allowed_pattern TEXT,
    policies TEXT,              -- JSON, as the request had it
    modified INTEGER NOT NULL,  -- milliseconds since 1970
    modified_by TEXT NOT NULL,  -- ARN
    PRIMARY KEY (account, region, name, version),
    FOREIGN KEY (account, region, name) REFERENCES parameters (account, region, name) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
`;

/** Labels, and the end that a policy sets. */
const format2 = `
  ALTER TABLE parameters ADD COLUMN expires INTEGER;   -- milliseconds since 1970; null: never

  CREATE TABLE parameter_labels (
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (account, region, name, label),
    FOREIGN KEY (account, region, name, version)
      REFERENCES parameter_versions (account, region, name, version) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX parameter_labels_by_version ON parameter_labels (account, region, name, version);
`;

export const ssmSchema: Schema = [format1, format2];

/** A version of a parameter. */
export interface VersionRow {
  account: string;
  region: string;
  name: string;
  version: number;
  type: 'String' | 'StringList' | 'SecureString';
  value: Uint8Array;
  tier: 'Standard' | 'Advanced';
  data_type: string;
  key_id: string | null;
  description: string | null;
  allowed_pattern: string | null;
  policies: string | null;
  modified: number;
  modified_by: string;
}

/** A parameter: its newest version, and its tags. */
export interface ParameterRow extends VersionRow {
  tags: string;
  expires: number | null;
}

const ofPlace = 'account = ? AND region = ?';
const newest = 'parameters p JOIN parameter_versions v USING (account, region, name, version)';

export const selectParameter = statement<ParameterRow>(
  `SELECT v.*, p.tags, p.expires FROM ${newest} WHERE ${ofPlace} AND name = ?`,
);
export const selectVersion = statement<VersionRow>(
  `SELECT * FROM parameter_versions WHERE ${ofPlace} AND name = ? AND version = ?`,
);
/** Account, Region, now, the name before the first, the name behind the last, how many. */
export const selectParametersBetween = statement<ParameterRow>(
  `SELECT v.*, p.tags, p.expires FROM ${newest} WHERE ${ofPlace} AND (expires IS NULL OR expires > ?) AND name > ? AND name < ? ORDER BY name LIMIT ?`,
);
/** Account, Region, name, the version before the first, how many. */
export const selectVersionsAfter = statement<VersionRow>(
  `SELECT * FROM parameter_versions WHERE ${ofPlace} AND name = ? AND version > ? ORDER BY version LIMIT ?`,
);
export const selectEveryVersion = statement<VersionRow>(
  'SELECT * FROM parameter_versions ORDER BY account, region, name',
);
export const selectWithoutVersion = statement<{ region: string; name: string }>(`
  SELECT region, name FROM parameters p WHERE NOT EXISTS (
    SELECT 1 FROM parameter_versions v
    WHERE v.account = p.account AND v.region = p.region AND v.name = p.name AND v.version = p.version
  )
`);

export const putParameterRow = statement(`
  INSERT INTO parameters (account, region, name, version, tags, expires) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (account, region, name) DO UPDATE SET version = excluded.version, expires = excluded.expires
`);
export const insertVersion = statement(`
  INSERT INTO parameter_versions (
    account, region, name, version, type, value, tier, data_type, key_id, description, allowed_pattern, policies,
    modified, modified_by
  ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
`);
export const deleteVersionsUpTo = statement(
  `DELETE FROM parameter_versions WHERE ${ofPlace} AND name = ? AND version <= ?`,
);
export const deleteExpired = statement(`DELETE FROM parameters WHERE ${ofPlace} AND expires <= ?`);
export const deleteParameterRow = statement(`DELETE FROM parameters WHERE ${ofPlace} AND name = ?`);
export const setTags = statement(`UPDATE parameters SET tags = ? WHERE ${ofPlace} AND name = ?`);

export interface LabelRow {
  label: string;
  version: number;
}

export const putLabel = statement(`
  INSERT INTO parameter_labels (account, region, name, label, version) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (account, region, name, label) DO UPDATE SET version = excluded.version
`);
export const selectLabel = statement<LabelRow>(
  `SELECT label, version FROM parameter_labels WHERE ${ofPlace} AND name = ? AND label = ?`,
);
export const selectLabels = statement<LabelRow>(
  `SELECT label, version FROM parameter_labels WHERE ${ofPlace} AND name = ? AND version = ? ORDER BY label`,
);
export const deleteLabel = statement(
  `DELETE FROM parameter_labels WHERE ${ofPlace} AND name = ? AND label = ? AND version = ?`,
);

/** Labels whose version is not there: foreign keys forbid it, damage does not ask. */
export const selectStrayLabels = statement<LabelRow & { region: string; name: string }>(`
  SELECT region, name, label, version FROM parameter_labels
  WHERE (account, region, name, version) NOT IN (SELECT account, region, name, version FROM parameter_versions)
`);
