import { ApiError } from '../errors.ts';
import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { secretId } from './members.ts';
import { findUsableSecret } from './names.ts';
import { isReplica, promote } from './replicas.ts';

/**
 * Called in the replica's Region, it makes the replica a secret of its own.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_StopReplicationToReplica.html
 */
export const stopReplicationToReplica = writing({ SecretId: required(secretId) }, (call, { SecretId }) => {
  const secret = findUsableSecret(call, SecretId);
  if (!isReplica(secret)) {
    throw new ApiError('InvalidRequestException', 'Operation not permitted on a secret that is not a replica.');
  }
  promote(call, secret);
  return { ARN: secret.arn };
});
