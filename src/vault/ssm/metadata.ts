import { arnOf } from './names.ts';
import { inlinePolicies } from './policies.ts';
import type { VersionRow } from './rows.ts';

/** What DescribeParameters and GetParameterHistory both say of a version. */
export const metadataOf = (row: VersionRow, now: Date) => ({
  Name: row.name,
  ARN: arnOf(row, row.name),
  Type: row.type,
  KeyId: row.key_id ?? undefined,
  LastModifiedDate: new Date(row.modified),
  LastModifiedUser: row.modified_by,
  Description: row.description ?? undefined,
  AllowedPattern: row.allowed_pattern ?? undefined,
  Version: row.version,
  Tier: row.tier,
  Policies: inlinePolicies(row, now),
  DataType: row.data_type,
});
