import { ApiError } from '../errors.ts';
import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findChangeableKey, keyArnOf, requireEnabled } from './find-key.ts';
import { keyId } from './members.ts';
import { rotateNow, settled } from './rotation.ts';
import { countOnDemand } from './rows.ts';

const mostRotations = 25;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html */
export const rotateKeyOnDemand = writing({ KeyId: required(keyId) }, (call, { KeyId }) => {
  const key = findChangeableKey(call, 'RotateKeyOnDemand', KeyId);
  requireEnabled(key);
  const { account, region, key_id } = key;
  if (countOnDemand.get(call.database, account, region, key_id)!.count >= mostRotations) {
    throw new ApiError(
      'LimitExceededException',
      `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${keyArnOf(key)}`,
    );
  }
  rotateNow(call, settled(call, key));
  return { KeyId: keyArnOf(key) };
});
