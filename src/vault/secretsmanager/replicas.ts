import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { list, required, string, structure } from '../shape.ts';
import { kmsKeyId } from './members.ts';
import { lookUp } from './names.ts';
import {
  copyDetails,
  deleteReplica,
  deleteSecretRow,
  deleteStage,
  deleteVersion,
  insertSecret,
  insertVersion,
  putReplica,
  putStage,
  type ReplicaRow,
  type SecretRow,
  selectReplicas,
  selectSecretByArn,
  selectStages,
  selectVersion,
  selectVersions,
  setPrimaryRegion,
  setSealed,
  type VersionRow,
} from './rows.ts';
import { hasValue, keptKeyId, keyArnOf, openValue, sealValue } from './values.ts';

export const region = string({ min: 1, max: 128, pattern: '([a-z]+-)+\\d+' });
export const replicaRegions = list(structure({ Region: required(region), KmsKeyId: kmsKeyId }), { min: 1 });

interface Wanted {
  Region: string;
  KmsKeyId?: string;
}

export const isReplica = ({ region, primary_region }: SecretRow) =>
  primary_region !== null && primary_region !== region;

/** The ARN of a secret in another Region: all but the Region is the same. */
const arnIn = ({ arn, region }: SecretRow, there: string) => arn.replace(`:${region}:`, `:${there}:`);

/**
 * Copies a secret into other Regions of the vault, and keeps it copied from then on. A Region where the name is taken
 * gets no replica, and the reason is kept, unless `force` takes the name from whoever has it.
 * Throws InvalidParameterException for the secret's own Region.
 */
export function replicate(call: Call, secret: SecretRow, wanted: Wanted[], force = false): void {
  setPrimaryRegion.run(call.database, secret.region, secret.arn);
  for (const { Region, KmsKeyId } of wanted) {
    if (Region === secret.region) throw refused(`Invalid replica region: ${Region} is the primary region.`);
    const failure = makeRoom(call.inRegion(Region), secret, force);
    putReplica.run(call.database, secret.arn, Region, keptKeyId(KmsKeyId), failure);
  }
  mirror(call, selectSecretByArn.get(call.database, secret.arn)!);
}

/** Why there is no room for a replica under this name, or null. */
function makeRoom(there: Call, secret: SecretRow, force: boolean): string | null {
  const found = lookUp(there, secret.name);
  if (!found || found.arn === arnIn(secret, there.region)) return null;
  if (!force) return `Replication failed: Secret name ${secret.name} already exists in region ${there.region}.`;
  deleteSecretRow.run(there.database, found.arn);
  return null;
}

/** Brings every replica to what its primary is. */
export function mirror(call: Call, secret: SecretRow): void {
  for (const replica of selectReplicas.all(call.database, secret.arn)) {
    if (replica.failure === null) mirrorTo(call, secret, replica);
  }
}

function mirrorTo(call: Call, secret: SecretRow, { region, kms_key_id }: ReplicaRow): void {
  const there = call.inRegion(region);
  const { database } = call;
  const arn = arnIn(secret, region);
  if (!selectSecretByArn.get(database, arn)) {
    const { name, tags, created, changed } = secret;
    insertSecret.run(database, secret.account, region, name, arn, null, kms_key_id, tags, created, changed, null);
    setPrimaryRegion.run(database, secret.region, arn);
  }
  const { description, tags, policy, type, rotation, rotated, changed } = secret;
  copyDetails.run(database, description, tags, policy, type, rotation, rotated, changed, arn);
  const copy = selectSecretByArn.get(database, arn)!;
  copyVersions(call, secret, there, copy);
  copyStages(call, secret, copy);
}

function copyVersions(call: Call, secret: SecretRow, there: Call, copy: SecretRow): void {
  const versions = selectVersions.all(call.database, secret.arn);
  const kept = new Set(versions.map(({ version_id }) => version_id));
  for (const { version_id } of selectVersions.all(there.database, copy.arn)) {
    if (!kept.has(version_id)) deleteVersion.run(there.database, copy.arn, version_id);
  }
  for (const version of versions) copyVersion(call, secret, version, there, copy);
}

function copyVersion(call: Call, secret: SecretRow, version: VersionRow, there: Call, copy: SecretRow): void {
  const { version_id: id, created } = version;
  const existing = selectVersion.get(there.database, copy.arn, id);
  if (existing && hasValue(existing) === hasValue(version)) return;
  const keyArn = keyArnOf(there, copy.kms_key_id);
  const sealed = hasValue(version)
    ? sealValue(there, copy, id, keyArn, openValue(call, secret, version))
    : ([null, null] as const);
  if (existing) setSealed.run(there.database, keyArn, ...sealed, existing.sequence);
  else insertVersion.run(there.database, copy.arn, id, keyArn, ...sealed, created);
}

function copyStages({ database }: Call, secret: SecretRow, copy: SecretRow): void {
  for (const { stage } of selectStages.all(database, copy.arn)) deleteStage.run(database, copy.arn, stage);
  for (const { stage, version_id } of selectStages.all(database, secret.arn)) {
    putStage.run(database, copy.arn, stage, version_id);
  }
}

/** Deletes replicas. Throws InvalidParameterException for a Region that has none. */
export function removeReplicas({ database }: Call, secret: SecretRow, regions: string[]): void {
  for (const region of regions) {
    const row = selectReplicas.all(database, secret.arn).find((replica) => replica.region === region);
    if (!row) throw refused(`The secret has no replica in region ${region}.`);
    if (row.failure === null) deleteSecretRow.run(database, arnIn(secret, region));
    forget(database, secret, region);
  }
}

/** Makes a secret of its own out of a replica. */
export function promote({ database }: Call, replica: SecretRow): void {
  const primary = selectSecretByArn.get(database, arnIn(replica, replica.primary_region!));
  if (primary) forget(database, primary, replica.region);
  setPrimaryRegion.run(database, null, replica.arn);
}

function forget(database: Call['database'], primary: SecretRow, region: string): void {
  deleteReplica.run(database, primary.arn, region);
  if (selectReplicas.all(database, primary.arn).length === 0) setPrimaryRegion.run(database, null, primary.arn);
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicationStatusType.html */
export const replicationStatus = ({ database }: Call, secret: SecretRow) =>
  selectReplicas.all(database, secret.arn).map(({ region, kms_key_id, failure }) => ({
    Region: region,
    KmsKeyId: kms_key_id ?? 'alias/aws/secretsmanager',
    Status: failure === null ? 'InSync' : 'Failed',
    StatusMessage: failure ?? undefined,
    LastAccessedDate: accessed(selectSecretByArn.get(database, arnIn(secret, region))),
  }));

const accessed = (copy: SecretRow | undefined) => (copy?.accessed ? new Date(copy.accessed) : undefined);

const refused = (message: string) => new ApiError('InvalidParameterException', message);
