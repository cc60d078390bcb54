import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { keyArnOf } from './find-key.ts';
import { isReplica, replicasOf } from './related-keys.ts';
import type { KeyRow } from './rows.ts';

/** Throws UnsupportedOperationException for a replica, and for a key of one Region. */
export function requirePrimary(key: KeyRow): void {
  if (key.primary_region !== key.region) throw notPrimary(key);
}

/** Throws UnsupportedOperationException for a replica: what it shares with its primary is changed there. */
export function requireNoReplica(key: KeyRow): void {
  if (isReplica(key)) throw notPrimary(key);
}

const notPrimary = (key: KeyRow) =>
  new ApiError('UnsupportedOperationException', `${keyArnOf(key)} is not a multi-region primary key.`);

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_MultiRegionConfiguration.html */
export function multiRegionConfiguration(call: Call, key: KeyRow) {
  const { account, key_id, primary_region } = key;
  if (primary_region === null) return undefined;
  const inRegion = (region: string) => ({ Arn: keyArnOf({ account, region, key_id }), Region: region });
  return {
    MultiRegionKeyType: isReplica(key) ? 'REPLICA' : 'PRIMARY',
    PrimaryKey: inRegion(primary_region),
    ReplicaKeys: replicasOf(call, key).map(({ region }) => inRegion(region)),
  };
}
