import { arnOf } from './names.ts';
import type { VersionRow } from './rows.ts';

/** What DescribeParameters and GetParameterHistory both say of a version. */
export const metadataOf = (row: VersionRow) => ({
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
  Policies: policiesOf(row),
  DataType: row.data_type,
});

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterInlinePolicy.html */
function policiesOf({ policies }: VersionRow) {
  const each: { Type?: string }[] = policies ? JSON.parse(policies) : [];
  return each.map((policy) => ({
    PolicyText: JSON.stringify(policy),
    PolicyType: policy.Type,
    PolicyStatus: 'Pending',
  }));
}
