import { reading } from '../operation.ts';
import { required } from '../shape.ts';
import { secretId } from './members.ts';
import { metadataOf, versionsToStages } from './metadata.ts';
import { findSecret } from './names.ts';
import { replicationStatus } from './replicas.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html */
export const describeSecret = reading({ SecretId: required(secretId) }, (call, { SecretId }) => {
  const secret = findSecret(call, SecretId);
  return {
    ...metadataOf(secret),
    VersionIdsToStages: versionsToStages(call, secret),
    ReplicationStatus: secret.primary_region === secret.region ? replicationStatus(call, secret) : undefined,
  };
});
