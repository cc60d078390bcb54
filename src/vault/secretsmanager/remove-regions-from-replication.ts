import { list, required } from '../shape.ts';
import { changing } from './changing.ts';
import { region, removeReplicas, replicationStatus } from './replicas.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RemoveRegionsFromReplication.html */
export const removeRegionsFromReplication = changing(
  { RemoveReplicaRegions: required(list(region, { min: 1 })) },
  (call, secret, { RemoveReplicaRegions }) => {
    removeReplicas(call, secret, RemoveReplicaRegions);
    return { ARN: secret.arn, ReplicationStatus: replicationStatus(call, secret) };
  },
);
