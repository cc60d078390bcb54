import { ApiError } from '../errors.ts';
import { reading } from '../operation.ts';

/** Operations of keys that the vault does not have yet: asymmetric, HMAC, multi-Region and imported ones; and grants. */
export const notYet = [
  'CreateGrant',
  'DeleteImportedKeyMaterial',
  'GetParametersForImport',
  'ImportKeyMaterial',
  'ListGrants',
  'ListRetirableGrants',
  'ReplicateKey',
  'RetireGrant',
  'RevokeGrant',
  'UpdatePrimaryRegion',
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
