import { ApiError } from '../errors.ts';
import { reading } from '../operation.ts';

/** Operations of keys that the vault does not have yet: asymmetric and HMAC ones; and grants. */
export const notYet = [
  'CreateGrant',
  'DeriveSharedSecret',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateMac',
  'GetPublicKey',
  'ListGrants',
  'ListRetirableGrants',
  'RetireGrant',
  'RevokeGrant',
  'Sign',
  'Verify',
  'VerifyMac',
  'ConnectCustomKeyStore',
  'CreateCustomKeyStore',
  'DeleteCustomKeyStore',
  'DescribeCustomKeyStores',
  'DisconnectCustomKeyStore',
  'UpdateCustomKeyStore',
] as const;

/** What each of them answers. */
export const refuse = reading({}, () => {
  throw new ApiError('UnsupportedOperationException', 'The vault does not support this operation yet.');
});
