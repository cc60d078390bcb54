import type { KeyMetadata } from '../../aws/services.ts';

/** `us-east-1 (primary), eu-west-1`: where a multi-Region key is; undefined for one that is in its Region alone. */
export function regionsOf({ MultiRegionConfiguration }: Partial<KeyMetadata>): string | undefined {
  if (!MultiRegionConfiguration) return undefined;
  const { PrimaryKey, ReplicaKeys = [] } = MultiRegionConfiguration;
  return [`${PrimaryKey?.Region} (primary)`, ...ReplicaKeys.map(({ Region }) => Region)].join(', ');
}
