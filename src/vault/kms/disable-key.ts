import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findChangeableKey } from './find-key.ts';
import { keyId } from './members.ts';
import { setState } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html */
export const disableKey = writing({ KeyId: required(keyId) }, (call, { KeyId }) => {
  const { account, region, key_id } = findChangeableKey(call, 'DisableKey', KeyId);
  setState.run(call.database, 'Disabled', null, account, region, key_id);
  return {};
});
