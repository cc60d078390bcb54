import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { required } from '../shape.ts';
import { changing } from './changing.ts';
import { stage, versionId } from './members.ts';
import { deleteStage, type SecretRow, selectStage, selectVersion } from './rows.ts';
import { hasValue } from './values.ts';
import { current, moveStage, touch } from './versions.ts';

/**
 * The one compare-and-set of the service: a label leaves a version only when the request names that version.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html
 */
export const updateSecretVersionStage = changing(
  {
    VersionStage: required(stage),
    RemoveFromVersionId: versionId,
    MoveToVersionId: versionId,
  },
  (call, secret, { VersionStage, RemoveFromVersionId: from, MoveToVersionId: to }) => {
    if (from) requireVersion(call, secret, from);
    if (to) requireVersion(call, secret, to, VersionStage === current);
    const holder = selectStage.get(call.database, secret.arn, VersionStage)?.version_id;
    if (to === undefined) requireRemoval(VersionStage, from);
    if (holder && holder !== to && !from) throw unnamed(VersionStage, holder);
    if (from && from !== holder) throw notThere(VersionStage);
    if (to) moveStage(call, secret, VersionStage, to);
    else deleteStage.run(call.database, secret.arn, VersionStage);
    touch(call, secret);
    return { ARN: secret.arn, Name: secret.name };
  },
);

/** A version that a rotation has only begun has no value: it cannot be the current one. */
function requireVersion({ database }: Call, { arn }: SecretRow, id: string, withValue = false): void {
  const version = selectVersion.get(database, arn, id);
  if (version && (!withValue || hasValue(version))) return;
  throw new ApiError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for VersionId: ${id}`,
  );
}

function requireRemoval(stage: string, from: string | undefined): void {
  if (from === undefined) throw refused('You must specify MoveToVersionId, RemoveFromVersionId, or both.');
  if (stage === current) {
    throw refused(
      `You can only move staging label ${stage} to a different secret version. It can’t be completely removed.`,
    );
  }
}

const unnamed = (stage: string, holder: string) =>
  refused(
    `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`,
  );

const notThere = (stage: string) =>
  refused(
    `When you move staging label ${stage}, if you specify RemoveFromVersionId, it must be set to the version that currently has the staging label ${stage}.`,
  );

const refused = (message: string) => new ApiError('InvalidParameterException', message);
