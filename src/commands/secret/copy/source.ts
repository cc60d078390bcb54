import type { DescribeSecretResponse, SecretsManager } from '../../../aws/services.ts';
import { UserError } from '../../../errors.ts';
import type { SecretReference } from '../../../reference/reference.ts';
import type { Tag } from '../../tags.ts';
import { scheduledForDeletion } from '../deletion.ts';
import type { SecretValue } from '../secret-value.ts';
import { holderOf } from '../versions-of.ts';

/** All of a secret that can go elsewhere. */
export interface Source {
  readonly arn: string;
  readonly name: string;
  readonly description?: string;
  readonly kmsKeyId?: string;
  readonly tags: Tag[];
  /** In the order in which they are to be stored. */
  readonly versions: Version[];
  /** What stays behind, in words. */
  readonly left: string[];
  /** Why it cannot be deleted here, if so. */
  readonly bound?: string;
}

export interface Version {
  readonly id: string;
  readonly stages: string[];
  readonly value: SecretValue;
}

/** Reads a secret with every version that has a stage, or with the one that is asked for. Writes nothing. */
export async function readSource(client: SecretsManager, reference: SecretReference): Promise<Source> {
  const secret = await client.describeSecret({ SecretId: reference.id });
  if (secret.DeletedDate) throw scheduledForDeletion(secret.Name!, secret.DeletedDate);
  const { ARN, Name, Description, KmsKeyId, Tags = [] } = secret;
  return {
    ...{ arn: ARN!, name: Name!, description: Description, kmsKeyId: KmsKeyId },
    tags: Tags.filter(({ Key }) => !Key!.startsWith('aws:')).map(({ Key, Value }) => ({ Key: Key!, Value: Value! })),
    versions: await readVersions(client, secret, reference),
    left: await leftBehind(client, secret),
    bound: boundBy(secret),
  };
}

async function readVersions(client: SecretsManager, secret: DescribeSecretResponse, reference: SecretReference) {
  const { stage, versionId } = reference;
  if (stage !== undefined || versionId !== undefined) {
    return [
      await readVersion(client, { SecretId: secret.ARN!, VersionStage: stage, VersionId: versionId }, ['AWSCURRENT']),
    ];
  }
  const versions: Version[] = [];
  for (const [VersionId, stages] of inOrder(secret.VersionIdsToStages)) {
    versions.push(await readVersion(client, { SecretId: secret.ARN!, VersionId }, stages));
  }
  return versions;
}

/**
 * AWSCURRENT comes first: whatever ends it half-way, nobody is to find an older value there as the current one. A rotation
 * that is under way is not ours.
 */
function inOrder(stagesOf: Record<string, string[]> = {}): [id: string, stages: string[]][] {
  const rank = (stages: string[]) =>
    ['AWSCURRENT', 'AWSPREVIOUS'].findIndex((stage) => stages.includes(stage)) + 1 || 3;
  return Object.entries(stagesOf)
    .map(([id, stages]): [string, string[]] => [id, stages.filter((stage) => stage !== 'AWSPENDING')])
    .filter(([, stages]) => stages.length > 0)
    .sort(([, one], [, other]) => rank(one) - rank(other));
}

type Asked = { SecretId: string; VersionStage?: string; VersionId?: string };

async function readVersion(client: SecretsManager, asked: Asked, stages: string[]): Promise<Version> {
  const { SecretString, SecretBinary, VersionId } = await client.getSecretValue(asked);
  const value = SecretBinary === undefined ? { SecretString: SecretString! } : { SecretBinary };
  return { id: VersionId!, stages, value };
}

async function leftBehind(client: SecretsManager, secret: DescribeSecretResponse): Promise<string[]> {
  // To read a policy is a permission of its own: without it, nothing is known of one.
  const policy = await client.getResourcePolicy({ SecretId: secret.ARN }).catch(() => undefined);
  return [
    ...(policy?.ResourcePolicy ? ['its policy'] : []),
    ...(secret.RotationEnabled ? ['its rotation'] : []),
    ...(secret.ReplicationStatus?.length ? ['its replicas'] : []),
  ];
}

function boundBy({ ARN = '', PrimaryRegion, ReplicationStatus = [] }: DescribeSecretResponse): string | undefined {
  if (PrimaryRegion && PrimaryRegion !== ARN.split(':')[3]) return `is a replica of the one in ${PrimaryRegion}`;
  const regions = ReplicationStatus.map(({ Region }) => Region);
  return regions.length > 0 ? `has replicas in ${regions.join(', ')}` : undefined;
}

/** Throws code `conflict` where the secret has another current version than the one that was read. */
export async function requireUnchanged(client: SecretsManager, { arn, name, versions }: Source): Promise<void> {
  const current = await holderOf(client, arn, 'AWSCURRENT');
  if (versions.find(({ stages }) => stages.includes('AWSCURRENT'))?.id === current) return;
  throw new UserError('conflict', `secret "${name}" has got a new version meanwhile: it is copied, but not deleted`, {
    hints: ['take the new version, too: run it again with --overwrite'],
  });
}
