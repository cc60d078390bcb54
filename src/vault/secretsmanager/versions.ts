import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { restartSchedule } from './rotation.ts';
import {
  deleteUnlabelledVersions,
  insertVersion,
  putStage,
  type SecretRow,
  selectStage,
  selectStagesOfVersion,
  selectVersion,
  selectVersionByStage,
  setChanged,
  setRotated,
  setSealed,
  type VersionRow,
} from './rows.ts';
import { hasValue, keyArnOf, openValue, sealValue, type Value } from './values.ts';

export const current = 'AWSCURRENT';
const previous = 'AWSPREVIOUS';
export const pending = 'AWSPENDING';

const mostStages = 20;
const versionsKept = 100;
const day = 24 * 60 * 60 * 1000;

/** The token of a request that makes a version: it becomes the version's id. Throws when it is missing. */
export function requireToken(token: string | undefined): string {
  if (token === undefined) {
    throw new ApiError(
      'InvalidRequestException',
      'You must provide a ClientRequestToken value. We recommend a UUID-type value.',
    );
  }
  return token;
}

/**
 * Adds a version under `versionId` and moves `stages` to it; does nothing when that version exists with the same value.
 * Throws ResourceExistsException when it exists with another.
 */
export function addVersion(call: Call, secret: SecretRow, versionId: string, value: Value, stages: string[]): void {
  const existing = selectVersion.get(call.database, secret.arn, versionId);
  if (existing && hasValue(existing)) {
    requireSameValue(call, secret, existing, value);
    return;
  }
  const keyArn = keyArnOf(call, secret.kms_key_id);
  const sealed = sealValue(call, secret, versionId, keyArn, value);
  if (existing) setSealed.run(call.database, keyArn, ...sealed, existing.sequence);
  else insertVersion.run(call.database, secret.arn, versionId, keyArn, ...sealed, call.now.getTime());
  for (const stage of stages) moveStage(call, secret, stage, versionId);
  // The first version of a secret is the current one, whatever labels it was given.
  if (!selectStage.get(call.database, secret.arn, current)) moveStage(call, secret, current, versionId);
  dropOldVersions(call, secret);
  touch(call, secret);
}

/**
 * Begins a rotation: a version without a value takes the label AWSPENDING; does nothing when this token has begun one.
 * Throws InvalidRequestException while another rotation is open.
 */
export function beginVersion({ database, now }: Call, secret: SecretRow, versionId: string): void {
  const open = selectStage.get(database, secret.arn, pending)?.version_id;
  if (open === versionId || selectVersion.get(database, secret.arn, versionId)) return;
  if (open !== undefined && open !== selectStage.get(database, secret.arn, current)?.version_id) {
    throw new ApiError(
      'InvalidRequestException',
      "A previous rotation isn't complete. That rotation will be reattempted.",
    );
  }
  insertVersion.run(database, secret.arn, versionId, null, null, null, now.getTime());
  putStage.run(database, secret.arn, pending, versionId);
}

function requireSameValue(call: Call, secret: SecretRow, version: VersionRow, value: Value): void {
  const stored = openValue(call, secret, version);
  if (stored.column === value.column && Buffer.compare(stored.bytes, value.bytes) === 0) return;
  throw new ApiError(
    'ResourceExistsException',
    `You can't use ClientRequestToken ${version.version_id} because that value is already in use for a version of secret ${secret.arn}.`,
  );
}

/** Puts a label on a version and takes it off any other. What AWSCURRENT leaves becomes AWSPREVIOUS. */
export function moveStage(call: Call, secret: SecretRow, stage: string, versionId: string): void {
  const { database, now } = call;
  const { arn } = secret;
  const left = selectStage.get(database, arn, stage)?.version_id;
  if (left === versionId) return;
  putStage.run(database, arn, stage, versionId);
  if (stage === current) {
    if (left) putStage.run(database, arn, previous, left);
    restartSchedule(call, secret);
    // A rotation ends when what was pending becomes current.
    if (selectStage.get(database, arn, pending)?.version_id === versionId) setRotated.run(database, now.getTime(), arn);
  }
  if (selectStagesOfVersion.all(database, arn, versionId).length > mostStages) {
    throw new ApiError('LimitExceededException', `A version can have at most ${mostStages} staging labels.`);
  }
}

export const stagesOf = ({ database }: Call, { arn }: SecretRow, versionId: string): string[] =>
  selectStagesOfVersion.all(database, arn, versionId).map(({ stage }) => stage);

/** Seals the versions that AWS's own labels name again, under the key the secret names now. */
export function resealVersions(call: Call, secret: SecretRow): void {
  const keyArn = keyArnOf(call, secret.kms_key_id);
  for (const stage of [current, previous, pending]) {
    const version = selectVersionByStage.get(call.database, secret.arn, stage);
    if (!version || !hasValue(version) || version.kms_key_arn === keyArn) continue;
    const sealed = sealValue(call, secret, version.version_id, keyArn, openValue(call, secret, version));
    setSealed.run(call.database, keyArn, ...sealed, version.sequence);
  }
}

/** Of the versions beyond the newest 100, those go that have no label and are a day old. */
function dropOldVersions({ database, now }: Call, { arn }: SecretRow): void {
  deleteUnlabelledVersions.run(database, arn, now.getTime() - day, arn, versionsKept);
}

export const touch = ({ database, now }: Call, { arn }: SecretRow) => setChanged.run(database, now.getTime(), arn);
