import { cursorOf, tokenOf } from '../cursor.ts';
import { type Call, reading } from '../operation.ts';
import { boolean, required } from '../shape.ts';
import { maxResults, nextToken, secretId } from './members.ts';
import { dateOf } from './metadata.ts';
import { findSecret } from './names.ts';
import { type SecretRow, selectLabelledVersionsBefore, selectVersionsBefore, type VersionEntryRow } from './rows.ts';
import { stagesOf } from './versions.ts';

/**
 * Newest first. A version without a label is deprecated, and only listed when asked for.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html
 */
export const listSecretVersionIds = reading(
  { SecretId: required(secretId), MaxResults: maxResults, NextToken: nextToken, IncludeDeprecated: boolean() },
  (call, { SecretId, MaxResults = 100, NextToken, IncludeDeprecated = false }) => {
    const secret = findSecret(call, SecretId);
    const select = IncludeDeprecated ? selectVersionsBefore : selectLabelledVersionsBefore;
    const kind = `versions ${secret.arn}`;
    const [, before] = cursorOf(NextToken, [kind, Number.MAX_SAFE_INTEGER]);
    const rows = select.all(call.database, secret.arn, before, MaxResults + 1);
    const page = rows.slice(0, MaxResults);
    return {
      Versions: page.map((version) => entryOf(call, secret, version)),
      NextToken: rows.length > MaxResults ? tokenOf([kind, page.at(-1)!.sequence]) : undefined,
      ARN: secret.arn,
      Name: secret.name,
    };
  },
);

function entryOf(call: Call, secret: SecretRow, version: VersionEntryRow) {
  const stages = stagesOf(call, secret, version.version_id);
  return {
    VersionId: version.version_id,
    VersionStages: stages.length > 0 ? stages : undefined,
    LastAccessedDate: dateOf(version.accessed),
    CreatedDate: new Date(version.created),
    KmsKeyIds: [version.kms_key_arn ?? 'DefaultEncryptionKey'],
  };
}
