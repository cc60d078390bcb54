import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { findChangeableKey } from './find-key.ts';
import type { KeyRow } from './rows.ts';

/** Throws what AWS says of an alias that is not one, or that is reserved for AWS's own keys. */
export function requireAliasName(alias: string): void {
  if (!alias.startsWith('alias/')) {
    throw invalid(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(alias)) throw invalid(`${alias} contains invalid characters for an alias`);
  if (alias.startsWith('alias/aws/')) throw new ApiError('NotAuthorizedException');
}

/** The key that an alias may point to: one of the account's own, not named by another alias. */
export function findTarget(call: Call, action: string, keyId: string): KeyRow {
  if (/^(?:arn:.*:)?alias\//.test(keyId)) throw invalid('Aliases must refer to keys. Not aliases');
  return findChangeableKey(call, action, keyId);
}

const invalid = (message: string) => new ApiError('ValidationException', message);
