import { statement } from '../store/database.ts';
import { ofKey } from './rows.ts';

export interface GrantRow {
  account: string;
  region: string;
  key_id: string;
  grant_id: string;
  name: string | null;
  grantee: string;
  retiring: string | null;
  issuer: string;
  operations: string;
  constraints: string | null;
  created: number;
}

export const insertGrant = statement(
  'INSERT INTO kms_grants (account, region, key_id, grant_id, name, grantee, retiring, issuer, operations, constraints, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
);
const keyIsThere =
  '(SELECT deletion IS NULL OR deletion > ? FROM kms_keys k WHERE k.account = g.account AND k.region = g.region AND k.key_id = g.key_id)';
/** Account, Region, key, grant, now. */
export const selectGrant = statement<GrantRow>(
  `SELECT * FROM kms_grants g WHERE ${ofKey} AND grant_id = ? AND ${keyIsThere}`,
);
export const selectGrants = statement<GrantRow>(`SELECT * FROM kms_grants WHERE ${ofKey} ORDER BY grant_id`);
/** Account, Region, key, name. */
export const selectGrantsNamed = statement<GrantRow>(
  `SELECT * FROM kms_grants WHERE ${ofKey} AND name = ? ORDER BY grant_id`,
);
export const countGrants = statement<{ count: number }>(`SELECT count(*) AS count FROM kms_grants WHERE ${ofKey}`);
/** Account, Region, key, the last row's id, an id or null, a grantee or null, how many. */
export const selectGrantsAfter = statement<GrantRow>(`
  SELECT * FROM kms_grants WHERE ${ofKey} AND grant_id > ?
    AND grant_id = ifnull(?, grant_id) AND grantee = ifnull(?, grantee)
  ORDER BY grant_id LIMIT ?
`);
/** Of keys of every account: Region, who retires, the last row's id, now, how many. */
export const selectRetirableGrantsAfter = statement<GrantRow>(`
  SELECT * FROM kms_grants g WHERE region = ? AND retiring = ? AND grant_id > ? AND ${keyIsThere}
  ORDER BY grant_id LIMIT ?
`);
export const deleteGrant = statement(`DELETE FROM kms_grants WHERE ${ofKey} AND grant_id = ?`);
