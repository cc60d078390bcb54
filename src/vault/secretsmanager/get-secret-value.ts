import { ApiError } from '../errors.ts';
import { type Call, reading } from '../operation.ts';
import { required } from '../shape.ts';
import { secretId, stage, versionId } from './members.ts';
import { findUsableSecret } from './names.ts';
import {
  type SecretRow,
  selectVersion,
  selectVersionByStage,
  setAccessed,
  setVersionAccessed,
  type VersionRow,
} from './rows.ts';
import { hasValue, membersOf, openValue } from './values.ts';
import { current, stagesOf } from './versions.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
export const getSecretValue = reading(
  { SecretId: required(secretId), VersionId: versionId, VersionStage: stage },
  (call, { SecretId, VersionId, VersionStage }) => {
    const secret = findUsableSecret(call, SecretId);
    const version = VersionId
      ? findById(call, secret, VersionId, VersionStage)
      : findByStage(call, secret, VersionStage ?? current);
    return read(call, secret, version);
  },
);

/** The current value of a secret, as GetSecretValue answers. */
export const readCurrent = (call: Call, secret: SecretRow) => read(call, secret, findByStage(call, secret, current));

function read(call: Call, secret: SecretRow, version: VersionRow) {
  const value = openValue(call, secret, version);
  noteAccess(call, secret, version);
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.version_id,
    ...membersOf(value),
    VersionStages: stagesOf(call, secret, version.version_id),
    CreatedDate: new Date(version.created),
  };
}

function findById(call: Call, secret: SecretRow, id: string, stage?: string): VersionRow {
  const version = selectVersion.get(call.database, secret.arn, id);
  if (!version || !hasValue(version)) throw notFound(`VersionId: ${id}`);
  if (stage === undefined || stagesOf(call, secret, id).includes(stage)) return version;
  throw new ApiError(
    'InvalidRequestException',
    'You provided a VersionStage that is not associated to the provided VersionId.',
  );
}

function findByStage(call: Call, secret: SecretRow, stage: string): VersionRow {
  const version = selectVersionByStage.get(call.database, secret.arn, stage);
  if (!version || !hasValue(version)) throw notFound(`staging label: ${stage}`);
  return version;
}

const notFound = (what: string) =>
  new ApiError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${what}`);

/** Only the day is kept, so only the first read of a day costs a write. */
function noteAccess({ database, now, afterwards }: Call, secret: SecretRow, version: VersionRow): void {
  const today = new Date(now).setUTCHours(0, 0, 0, 0);
  if (secret.accessed === today && version.accessed === today) return;
  afterwards(() => {
    setAccessed.run(database, today, secret.arn);
    setVersionAccessed.run(database, today, version.sequence);
  });
}
