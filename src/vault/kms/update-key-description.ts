import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findChangeableKey } from './find-key.ts';
import { description, keyId } from './members.ts';
import { setDescription } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html */
export const updateKeyDescription = writing(
  { KeyId: required(keyId), Description: required(description) },
  (call, { KeyId, Description }) => {
    const { account, region, key_id } = findChangeableKey(call, 'UpdateKeyDescription', KeyId);
    setDescription.run(call.database, Description, account, region, key_id);
    return {};
  },
);
