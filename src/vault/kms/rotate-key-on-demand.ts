import { ApiError } from '../errors.ts';
import { type Call, writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findChangeableKey, keyArnOf, requireEnabled } from './find-key.ts';
import { keyId } from './members.ts';
import { requireNoReplica } from './multi-region.ts';
import { pendingRotation } from './pending-rotation.ts';
import { requireRotatable } from './rotatable.ts';
import { rotateNow, rotateToNext, settled } from './rotation.ts';
import { countOnDemand, type KeyRow } from './rows.ts';

const mostRotations = 25;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html */
export const rotateKeyOnDemand = writing({ KeyId: required(keyId) }, (call, { KeyId }) => {
  const key = findChangeableKey(call, 'RotateKeyOnDemand', KeyId);
  requireRotatable(key);
  requireNoReplica(key);
  requireEnabled(key);
  const { account, region, key_id } = key;
  if (countOnDemand.get(call.database, account, region, key_id)!.count >= mostRotations) {
    throw new ApiError(
      'LimitExceededException',
      `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${keyArnOf(key)}`,
    );
  }
  if (key.origin === 'EXTERNAL') rotateToImported(call, key);
  else rotateNow(call, settled(call, key));
  return { KeyId: keyArnOf(key) };
});

function rotateToImported(call: Call, key: KeyRow): void {
  if (pendingRotation(call, key) !== 'PENDING_ROTATION') {
    throw new ApiError(
      'KMSInvalidStateException',
      `No available key material pending rotation for the key: ${keyArnOf(key)}.`,
    );
  }
  rotateToNext(call, key);
}
