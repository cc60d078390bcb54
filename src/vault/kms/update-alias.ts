import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findTarget, requireAliasName } from './alias-name.ts';
import { aliasNotFound } from './find-key.ts';
import { aliasName, keyId } from './members.ts';
import { setAliasTarget } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html */
export const updateAlias = writing(
  { AliasName: required(aliasName), TargetKeyId: required(keyId) },
  (call, { AliasName, TargetKeyId }) => {
    const { account, region, database, now } = call;
    requireAliasName(AliasName);
    const key = findTarget(call, 'UpdateAlias', TargetKeyId);
    const { changes } = setAliasTarget.run(database, key.key_id, now.getTime(), account, region, AliasName);
    if (Number(changes) === 0) throw aliasNotFound(call, AliasName);
    return {};
  },
);
