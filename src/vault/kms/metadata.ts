import { keyArnOf } from './find-key.ts';
import type { KeyRow } from './rows.ts';
import { algorithmsOf } from './specs.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html */
export const metadataOf = (key: KeyRow) => ({
  AWSAccountId: key.account,
  KeyId: key.key_id,
  Arn: keyArnOf(key),
  CreationDate: new Date(key.created),
  Enabled: key.state === 'Enabled',
  Description: key.description,
  KeyUsage: key.usage,
  KeyState: key.state,
  DeletionDate: key.deletion === null ? undefined : new Date(key.deletion),
  Origin: key.origin,
  KeyManager: key.manager,
  CustomerMasterKeySpec: key.spec,
  KeySpec: key.spec,
  ...algorithmsOf(key.spec, key.usage),
  MultiRegion: key.primary_region !== null,
  CurrentKeyMaterialId: key.spec === 'SYMMETRIC_DEFAULT' && key.material_id !== '' ? key.material_id : undefined,
});
