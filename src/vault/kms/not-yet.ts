import { ApiError } from '../errors.ts';
import { reading } from '../operation.ts';

/** Operations of keys that the vault does not have yet: multi-Region and imported ones. */
export const notYet = [
  'DeleteImportedKeyMaterial',
  'GetParametersForImport',
  'ImportKeyMaterial',
  'ReplicateKey',
  'UpdatePrimaryRegion',
] as const;

/** What each of them answers. */
export const refuse = reading({}, () => {
  throw new ApiError('UnsupportedOperationException', 'The vault does not support this operation yet.');
});
