import { boolean, required } from '../shape.ts';
import { changing } from './changing.ts';
import { replicaRegions, replicate, replicationStatus } from './replicas.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicateSecretToRegions.html */
export const replicateSecretToRegions = changing(
  { AddReplicaRegions: required(replicaRegions), ForceOverwriteReplicaSecret: boolean() },
  (call, secret, { AddReplicaRegions, ForceOverwriteReplicaSecret }) => {
    replicate(call, secret, AddReplicaRegions, ForceOverwriteReplicaSecret);
    return { ARN: secret.arn, ReplicationStatus: replicationStatus(call, secret) };
  },
);
