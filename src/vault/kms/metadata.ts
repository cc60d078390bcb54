import type { Call } from '../operation.ts';
import { expirationOf } from './expiration.ts';
import { keyArnOf } from './find-key.ts';
import { lasting, materialsNow } from './imported-materials.ts';
import { multiRegionConfiguration } from './multi-region.ts';
import type { KeyRow } from './rows.ts';
import { algorithmsOf } from './specs.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html */
export const metadataOf = (call: Call, key: KeyRow) => ({
  AWSAccountId: key.account,
  KeyId: key.key_id,
  Arn: keyArnOf(key),
  CreationDate: new Date(key.created),
  Enabled: key.state === 'Enabled',
  Description: key.description,
  KeyUsage: key.usage,
  KeyState: key.state,
  DeletionDate: key.deletion === null ? undefined : new Date(key.deletion),
  PendingDeletionWindowInDays: key.deletion_days ?? undefined,
  Origin: key.origin,
  ...earliestExpiry(call, key),
  KeyManager: key.manager,
  CustomerMasterKeySpec: key.spec,
  KeySpec: key.spec,
  ...algorithmsOf(key.spec, key.usage),
  MultiRegion: key.primary_region !== null,
  MultiRegionConfiguration: multiRegionConfiguration(call, key),
  CurrentKeyMaterialId: key.spec === 'SYMMETRIC_DEFAULT' && key.material_id !== '' ? key.material_id : undefined,
});

/** The first of its materials to expire takes the key with it. */
function earliestExpiry(call: Call, key: KeyRow) {
  if (key.origin !== 'EXTERNAL') return undefined;
  const here = lasting(key, materialsNow(call, key)).filter((material) => material.here);
  const expiries = here.map(({ expires }) => expires).filter((expires) => expires !== null);
  return here.length === 0 ? undefined : expirationOf(expiries.length === 0 ? null : Math.min(...expiries));
}
