import { ApiError } from '../errors.ts';
import { changing } from './changing.ts';
import { rotationOf, writeRotation } from './rotation.ts';
import { selectStage } from './rows.ts';
import { pending, touch } from './versions.ts';

/**
 * Turns rotation off. A version that was being made keeps its label AWSPENDING, and the answer names it.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CancelRotateSecret.html
 */
export const cancelRotateSecret = changing({}, (call, secret) => {
  const rotation = rotationOf(secret);
  if (!rotation) {
    throw new ApiError('InvalidRequestException', 'No Lambda rotation function ARN is associated with this secret.');
  }
  writeRotation(call, secret, { ...rotation, RotationEnabled: false });
  touch(call, secret);
  const VersionId = selectStage.get(call.database, secret.arn, pending)?.version_id;
  return { ARN: secret.arn, Name: secret.name, VersionId };
});
