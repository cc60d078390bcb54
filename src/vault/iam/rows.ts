import { statement } from '../store/database.ts';
import type { Schema } from '../store/format.ts';

const format1 = '';

const format2 = `
  CREATE TABLE access_keys (
    access_key_id TEXT PRIMARY KEY,   -- AKIA and 16 characters
    account TEXT NOT NULL,            -- 12 digits
    user_name TEXT,                   -- null: the account's root
    description TEXT,
    secret BLOB NOT NULL,             -- 40 characters, sealed under the vault's master key
    status TEXT NOT NULL,             -- Active or Inactive
    created INTEGER NOT NULL,         -- milliseconds since 1970
    used INTEGER                      -- the start of the last day of use, in UTC; null: never
  ) STRICT, WITHOUT ROWID;
`;

export const iamSchema: Schema = [format1, format2];

export interface AccessKeyRow {
  access_key_id: string;
  account: string;
  user_name: string | null;
  description: string | null;
  secret: Uint8Array;
  status: 'Active' | 'Inactive';
  created: number;
  used: number | null;
}

export const insertAccessKey = statement(
  "INSERT INTO access_keys (access_key_id, account, user_name, description, secret, status, created) VALUES (?, ?, ?, ?, ?, 'Active', ?)",
);
export const selectAccessKey = statement<AccessKeyRow>('SELECT * FROM access_keys WHERE access_key_id = ?');
export const selectAccessKeys = statement<AccessKeyRow>('SELECT * FROM access_keys ORDER BY created, access_key_id');
export const setStatus = statement('UPDATE access_keys SET status = ? WHERE access_key_id = ?');
export const setUsed = statement('UPDATE access_keys SET used = ? WHERE access_key_id = ?');
export const deleteAccessKeyRow = statement('DELETE FROM access_keys WHERE access_key_id = ?');
