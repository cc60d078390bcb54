import { ApiError } from '../errors.ts';
import { reading } from '../operation.ts';

/** Operations of keys that the vault does not have yet: asymmetric, HMAC, multi-Region and imported ones. */
export const notYet = [
  'DeleteImportedKeyMaterial',
  'DeriveSharedSecret',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateMac',
  'GetParametersForImport',
  'GetPublicKey',
  'ImportKeyMaterial',
  'ReplicateKey',
  'Sign',
  'UpdatePrimaryRegion',
  'Verify',
  'VerifyMac',
] as const;

/** What each of them answers. */
export const refuse = reading({}, () => {
  throw new ApiError('UnsupportedOperationException', 'The vault does not support this operation yet.');
});
