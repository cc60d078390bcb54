import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { list, required, string, structure } from '../shape.ts';
import { kmsKeyId } from './members.ts';
import { arnIn, mirror } from './mirror.ts';
import { lookUp, purge } from './names.ts';
import { writeRotation } from './rotation.ts';
import {
  deleteReplica,
  deleteSecretRow,
  putReplica,
  type SecretRow,
  selectReplicas,
  selectSecretByArn,
  setPrimaryRegion,
} from './rows.ts';
import { keptKeyId } from './values.ts';

export const region = string({ min: 1, max: 128, pattern: '^([a-z]+-)+\\d+$' });
export const replicaRegions = list(structure({ Region: required(region), KmsKeyId: kmsKeyId }), { min: 1 });

interface Wanted {
  Region: string;
  KmsKeyId?: string;
}

export const isReplica = ({ region, primary_region }: SecretRow) =>
  primary_region !== null && primary_region !== region;

/** A secret's replica in that Region: a replica that was promoted has the same ARN, and is none. */
export function replicaIn({ database }: Call, secret: SecretRow, there: string): SecretRow | undefined {
  const found = selectSecretByArn.get(database, arnIn(secret, there));
  return found?.primary_region === secret.region ? found : undefined;
}

/**
 * Copies a secret into other Regions of the vault, and keeps it copied from then on. A Region that cannot take it, or
 * where the name is taken, gets no replica, and the reason is kept, unless `force` takes the name from whoever has it.
 * Throws InvalidParameterException for the secret's own Region.
 */
export function replicate(call: Call, secret: SecretRow, wanted: Wanted[], force = false): void {
  setPrimaryRegion.run(call.database, secret.region, secret.arn);
  for (const { Region, KmsKeyId } of wanted) {
    if (Region === secret.region) throw refused(`Invalid replica region: ${Region} is the primary region.`);
    const replica = replicaIn(call, secret, Region);
    const failure = replica ? null : makeRoom(call.inRegion(Region), secret, force);
    // The key of a replica that is there changes in its own Region, by UpdateSecret.
    putReplica.run(call.database, secret.arn, Region, replica ? replica.kms_key_id : keptKeyId(KmsKeyId), failure);
  }
  mirror(call, selectSecretByArn.get(call.database, secret.arn)!);
}

/** Why there is no room for a replica under this name, or null. What is replicated itself gives way to nobody. */
function makeRoom(there: Call, { name }: SecretRow, force: boolean): string | null {
  purge(there);
  const found = lookUp(there, name);
  if (!found) return null;
  if (!force) return `Replication failed: Secret name ${name} already exists in region ${there.region}.`;
  if (found.primary_region) return `Replication failed: Secret ${name} in region ${there.region} is itself replicated.`;
  deleteSecretRow.run(there.database, found.arn);
  return null;
}

/** Deletes replicas. Throws InvalidParameterException for a Region that has none. */
export function removeReplicas(call: Call, secret: SecretRow, regions: string[]): void {
  const { database } = call;
  for (const region of regions) {
    const isThere = selectReplicas.all(database, secret.arn).some((replica) => replica.region === region);
    if (!isThere) throw refused(`The secret has no replica in region ${region}.`);
    const copy = replicaIn(call, secret, region);
    if (copy) deleteSecretRow.run(database, copy.arn);
    forget(call, secret, region);
  }
}

export const primaryOf = ({ database }: Call, replica: SecretRow): SecretRow | undefined =>
  selectSecretByArn.get(database, arnIn(replica, replica.primary_region!));

/** Makes a secret of its own out of a replica. Rotation was its primary's: nobody has set up any for this one. */
export function promote(call: Call, replica: SecretRow): void {
  const primary = primaryOf(call, replica);
  if (primary) forget(call, primary, replica.region);
  setPrimaryRegion.run(call.database, null, replica.arn);
  writeRotation(call, replica, null);
}

/** Tells the primary which key its replica is sealed under now; one that fell behind may follow again. */
export function noteReplicaKey(call: Call, replica: SecretRow): void {
  const primary = primaryOf(call, replica);
  if (!primary) return;
  putReplica.run(call.database, primary.arn, replica.region, replica.kms_key_id, null);
  mirror(call.inRegion(primary.region), primary);
}

function forget({ database }: Call, primary: SecretRow, region: string): void {
  deleteReplica.run(database, primary.arn, region);
  if (selectReplicas.all(database, primary.arn).length === 0) setPrimaryRegion.run(database, null, primary.arn);
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicationStatusType.html */
export const replicationStatus = (call: Call, secret: SecretRow) =>
  selectReplicas.all(call.database, secret.arn).map(({ region, kms_key_id, failure }) => ({
    Region: region,
    KmsKeyId: kms_key_id ?? 'alias/aws/secretsmanager',
    Status: failure === null ? 'InSync' : 'Failed',
    StatusMessage: failure ?? undefined,
    LastAccessedDate: accessed(replicaIn(call, secret, region)),
  }));

const accessed = (copy: SecretRow | undefined) => (copy?.accessed ? new Date(copy.accessed) : undefined);

const refused = (message: string) => new ApiError('InvalidParameterException', message);
