import { ApiError } from '../errors.ts';
import { type Operation, reading } from '../operation.ts';
import { required } from '../shape.ts';
import { customKeyStoreId, customKeyStoreName } from './members.ts';

/*
 * Custom key stores are hardware, or somebody else's keys, behind KMS: a vault has neither.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-store-overview.html
 */
const refused = (members: Parameters<typeof reading>[0]): Operation =>
  reading(members, () => {
    throw new ApiError(
      'UnsupportedOperationException',
      'The vault has no custom key stores: its keys are in the vault itself.',
    );
  });

const ofOne = { CustomKeyStoreId: required(customKeyStoreId) };

export const createCustomKeyStore = refused({ CustomKeyStoreName: required(customKeyStoreName) });
export const connectCustomKeyStore = refused(ofOne);
export const disconnectCustomKeyStore = refused(ofOne);
export const updateCustomKeyStore = refused(ofOne);
export const deleteCustomKeyStore = refused(ofOne);
