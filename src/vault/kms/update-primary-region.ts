import { ApiError } from '../errors.ts';
import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findChangeableKey, keyArnOf, requireNotDisabled } from './find-key.ts';
import { keyId, regionName } from './members.ts';
import { requirePrimary } from './multi-region.ts';
import { settled } from './rotation.ts';
import { setPrimaryRegion } from './rows.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html */
export const updatePrimaryRegion = writing(
  { KeyId: required(keyId), PrimaryRegion: required(regionName) },
  (call, { KeyId, PrimaryRegion }) => {
    const found = findChangeableKey(call, 'UpdatePrimaryRegion', KeyId);
    requirePrimary(found);
    requireNotDisabled(found);
    const key = settled(call, found);
    if (PrimaryRegion === key.region) {
      throw new ApiError('ValidationException', `${keyArnOf(key)} is already the primary key.`);
    }
    const next = findChangeableKey(call.inRegion(PrimaryRegion), 'UpdatePrimaryRegion', key.key_id);
    requireNotDisabled(next);
    setPrimaryRegion.run(call.database, PrimaryRegion, key.account, key.key_id);
    return {};
  },
);
