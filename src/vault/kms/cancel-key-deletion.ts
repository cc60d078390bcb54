import { ApiError } from '../errors.ts';
import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findKeyById, keyArnOf, requireOwn } from './find-key.ts';
import { isWhole } from './imported-materials.ts';
import { keyId } from './members.ts';
import { setState } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html */
export const cancelKeyDeletion = writing({ KeyId: required(keyId) }, (call, { KeyId }) => {
  const key = findKeyById(call, 'CancelKeyDeletion', KeyId);
  requireOwn(call, 'CancelKeyDeletion', key);
  if (!key.state.endsWith('Deletion')) {
    throw new ApiError('KMSInvalidStateException', `${keyArnOf(key)} is not pending deletion.`);
  }
  const state = key.origin === 'EXTERNAL' && !isWhole(call, key) ? 'PendingImport' : 'Disabled';
  setState.run(call.database, state, null, key.account, key.region, key.key_id);
  return { KeyId: keyArnOf(key) };
});
