import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findChangeableKey, requireImported } from './find-key.ts';
import { keyId } from './members.ts';
import { setState } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html */
export const disableKey = writing({ KeyId: required(keyId) }, (call, { KeyId }) => {
  const key = findChangeableKey(call, 'DisableKey', KeyId);
  requireImported(key);
  setState.run(call.database, 'Disabled', null, key.account, key.region, key.key_id);
  return {};
});
