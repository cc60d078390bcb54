import { ApiError } from '../errors.ts';
import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findTarget, requireAliasName } from './alias-name.ts';
import { aliasArnOf } from './find-key.ts';
import { deleteExpiredKeys } from './key-deletion.ts';
import { aliasName, keyId } from './members.ts';
import { insertAlias, selectAlias } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
export const createAlias = writing(
  { AliasName: required(aliasName), TargetKeyId: required(keyId) },
  (call, { AliasName, TargetKeyId }) => {
    const { account, region, database, now } = call;
    requireAliasName(AliasName);
    deleteExpiredKeys(call);
    const key = findTarget(call, 'CreateAlias', TargetKeyId);
    if (selectAlias.get(database, account, region, AliasName)) {
      throw new ApiError(
        'AlreadyExistsException',
        `An alias with the name ${aliasArnOf(call, AliasName)} already exists`,
      );
    }
    insertAlias.run(database, account, region, AliasName, key.key_id, now.getTime(), now.getTime());
    return {};
  },
);
