import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { requireAliasName } from './alias-name.ts';
import { aliasNotFound } from './find-key.ts';
import { aliasName } from './members.ts';
import { deleteAliasRow } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html */
export const deleteAlias = writing({ AliasName: required(aliasName) }, (call, { AliasName }) => {
  requireAliasName(AliasName);
  const { changes } = deleteAliasRow.run(call.database, call.account, call.region, AliasName);
  if (Number(changes) === 0) throw aliasNotFound(call, AliasName);
  return {};
});
