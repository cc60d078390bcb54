import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import {
  copyDetails,
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
  selectVersionIds,
  selectVersions,
  setPrimaryRegion,
  setSealed,
  type VersionRow,
} from './rows.ts';
import { hasValue, keyArnOf, openValue, sealValue } from './values.ts';

/** The ARN of a secret in another Region: all but the Region is the same. */
export const arnIn = ({ arn, region }: SecretRow, there: string) => arn.replace(`:${region}:`, `:${there}:`);

/**
 * Brings every replica to what its primary is. One that cannot follow (its KMS key is disabled, say) is left behind
 * with the reason, until it is replicated to anew; the primary's own change stands.
 */
export function mirror(call: Call, secret: SecretRow): void {
  for (const replica of selectReplicas.all(call.database, secret.arn)) {
    if (replica.failure !== null) continue;
    const failure = failureOf(() => mirrorTo(call, secret, replica));
    if (failure !== null) putReplica.run(call.database, secret.arn, replica.region, replica.kms_key_id, failure);
  }
}

function failureOf(work: () => void): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof ApiError) return `Replication failed: ${error.message}`;
    throw error;
  }
}

function mirrorTo(call: Call, secret: SecretRow, { region, kms_key_id }: ReplicaRow): void {
  const there = call.inRegion(region);
  const copy = { ...secret, region, kms_key_id, arn: arnIn(secret, region) };
  // All that may be refused comes before the first write: a replica is brought into step, or left as it was.
  const writes = newVersions(call, secret, there, copy);
  writeDetails(call, secret, copy);
  for (const write of writes) write();
  dropVersions(call, secret, copy);
  copyStages(call, secret, copy);
}

function writeDetails({ database }: Call, secret: SecretRow, { account, region, arn, kms_key_id }: SecretRow): void {
  const { name, description, tags, policy, type, rotation, rotated, created, changed } = secret;
  if (!selectSecretByArn.get(database, arn)) {
    insertSecret.run(database, account, region, name, arn, null, kms_key_id, tags, created, changed, null);
    setPrimaryRegion.run(database, secret.region, arn);
  }
  copyDetails.run(database, description, tags, policy, type, rotation, rotated, changed, arn);
}

/** Seals, for the replica, what versions it has not yet; each is written when it is called. */
function newVersions(call: Call, secret: SecretRow, there: Call, copy: SecretRow): (() => void)[] {
  const writes: (() => void)[] = [];
  for (const version of selectVersions.all(call.database, secret.arn)) {
    const existing = selectVersion.get(there.database, copy.arn, version.version_id);
    if (existing && hasValue(existing) === hasValue(version)) continue;
    const [keyArn, ...sealed] = sealCopy(call, secret, version, there, copy);
    writes.push(() => {
      if (existing) setSealed.run(there.database, keyArn, ...sealed, existing.sequence);
      else insertVersion.run(there.database, copy.arn, version.version_id, keyArn, ...sealed, version.created);
    });
  }
  return writes;
}

/** The replica's key, and the two columns of a version's value sealed under it. */
function sealCopy(call: Call, secret: SecretRow, version: VersionRow, there: Call, copy: SecretRow) {
  const keyArn = keyArnOf(there, copy.kms_key_id);
  if (!hasValue(version)) return [keyArn, null, null] as const;
  return [keyArn, ...sealValue(there, copy, version.version_id, keyArn, openValue(call, secret, version))] as const;
}

function dropVersions({ database }: Call, secret: SecretRow, copy: SecretRow): void {
  const kept = new Set(selectVersionIds.all(database, secret.arn).map(({ version_id }) => version_id));
  for (const { version_id } of selectVersionIds.all(database, copy.arn)) {
    if (!kept.has(version_id)) deleteVersion.run(database, copy.arn, version_id);
  }
}

function copyStages({ database }: Call, secret: SecretRow, copy: SecretRow): void {
  for (const { stage } of selectStages.all(database, copy.arn)) deleteStage.run(database, copy.arn, stage);
  for (const { stage, version_id } of selectStages.all(database, secret.arn)) {
    putStage.run(database, copy.arn, stage, version_id);
  }
}
