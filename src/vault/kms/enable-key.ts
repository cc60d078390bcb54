import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findChangeableKey } from './find-key.ts';
import { keyId } from './members.ts';
import { setState } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html */
export const enableKey = writing({ KeyId: required(keyId) }, (call, { KeyId }) => {
  const { account, region, key_id } = findChangeableKey(call, 'EnableKey', KeyId);
  setState.run(call.database, 'Enabled', null, account, region, key_id);
  return {};
});
