import { ApiError } from '../errors.ts';
import { reading } from '../operation.ts';

/** Operations that the vault does not have yet: grants, and key stores. */
export const notYet = [
  'CreateGrant',
  'ListGrants',
  'ListRetirableGrants',
  'RetireGrant',
  'RevokeGrant',
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
