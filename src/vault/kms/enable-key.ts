import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findChangeableKey, requireImported } from './find-key.ts';
import { keyId } from './members.ts';
import { setState } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html */
export const enableKey = writing({ KeyId: required(keyId) }, (call, { KeyId }) => {
  const key = findChangeableKey(call, 'EnableKey', KeyId);
  requireImported(key);
  setState.run(call.database, 'Enabled', null, key.account, key.region, key.key_id);
  return {};
});
