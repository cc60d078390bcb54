import type { Call } from '../operation.ts';
import { rotationMetadata } from './rotation.ts';
import { type SecretRow, selectStages } from './rows.ts';
import { tagsOf } from './tags.ts';

/** What DescribeSecret and ListSecrets both say of a secret. What there is none of is left out. */
export function metadataOf(secret: SecretRow) {
  const tags = tagsOf(secret);
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description ?? undefined,
    KmsKeyId: secret.kms_key_id ?? undefined,
    Type: secret.type ?? undefined,
    ...rotationMetadata(secret),
    LastChangedDate: new Date(secret.changed),
    LastAccessedDate: dateOf(secret.accessed),
    DeletedDate: dateOf(secret.deleted),
    Tags: tags.length > 0 ? tags : undefined,
    CreatedDate: new Date(secret.created),
    PrimaryRegion: secret.primary_region ?? undefined,
  };
}

/** Version ids with their labels; undefined for a secret that has no version yet. */
export function versionsToStages({ database }: Call, { arn }: SecretRow): Record<string, string[]> | undefined {
  const stages = selectStages.all(database, arn);
  if (stages.length === 0) return undefined;
  const byVersion: Record<string, string[]> = {};
  for (const { stage, version_id } of stages) {
    byVersion[version_id] ??= [];
    byVersion[version_id].push(stage);
  }
  return byVersion;
}

/** A time that may not be there: null or 0. */
export const dateOf = (time: number | null) => (time ? new Date(time) : undefined);
