import { keyArnOf } from './find-key.ts';
import type { KeyRow } from './rows.ts';
import { symmetric } from './use.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html */
export const metadataOf = (key: KeyRow) => ({
  AWSAccountId: key.account,
  KeyId: key.key_id,
  Arn: keyArnOf(key),
  CreationDate: new Date(key.created),
  Enabled: key.state === 'Enabled',
  Description: key.description,
  KeyUsage: 'ENCRYPT_DECRYPT',
  KeyState: key.state,
  DeletionDate: key.deletion === null ? undefined : new Date(key.deletion),
  Origin: 'AWS_KMS',
  KeyManager: key.manager,
  CustomerMasterKeySpec: symmetric,
  KeySpec: symmetric,
  EncryptionAlgorithms: [symmetric],
  MultiRegion: false,
  CurrentKeyMaterialId: key.material_id,
});
