import { ApiError } from '../errors.ts';
import { type Call, writing } from '../operation.ts';
import { boolean, required } from '../shape.ts';
import { findChangeableKey, keyArnOf, requireNotDisabled } from './find-key.ts';
import { deleteExpiredKeys } from './key-deletion.ts';
import { checkPolicy, policyOf } from './key-policy.ts';
import { description, keyId, policyText, regionName } from './members.ts';
import { metadataOf } from './metadata.ts';
import { requirePrimary } from './multi-region.ts';
import { insert } from './new-key.ts';
import { copyMaterials } from './replica-materials.ts';
import { settled } from './rotation.ts';
import { type KeyRow, selectKey, setRotation } from './rows.ts';
import { mergeTags, tags, tagsOf } from './tags.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html */
export const replicateKey = writing(
  {
    KeyId: required(keyId),
    ReplicaRegion: required(regionName),
    Policy: policyText,
    BypassPolicyLockoutSafetyCheck: boolean(),
    Description: description,
    Tags: tags,
  },
  (call, { KeyId, ReplicaRegion, Policy, BypassPolicyLockoutSafetyCheck, Description = '', Tags = [] }) => {
    const found = findChangeableKey(call, 'ReplicateKey', KeyId);
    requirePrimary(found);
    requireNotDisabled(found);
    if (Policy !== undefined) checkPolicy(call, Policy, BypassPolicyLockoutSafetyCheck);
    const given = { description: Description, policy: Policy ?? null, tags: JSON.stringify(mergeTags([], Tags)) };
    const there = call.inRegion(ReplicaRegion);
    const replica = replicate(there, settled(call, found), given);
    return {
      ReplicaKeyMetadata: metadataOf(there, replica),
      ReplicaPolicy: policyOf(replica),
      ReplicaTags: tagsOf(replica),
    };
  },
);

/** The key as it is in another Region, with all that both share. An imported material must be imported there too. */
function replicate(there: Call, primary: KeyRow, given: Pick<KeyRow, 'description' | 'policy' | 'tags'>): KeyRow {
  const { database, account, region, now } = there;
  deleteExpiredKeys(there);
  const state = primary.origin === 'EXTERNAL' ? 'PendingImport' : 'Enabled';
  const key = { ...primary, ...given, region, state, created: now.getTime(), used: null, used_for: null };
  if (selectKey.get(database, account, region, key.key_id)) {
    throw new ApiError('AlreadyExistsException', `Key '${keyArnOf(key)}' already exists`);
  }
  insert(there, key);
  setRotation.run(database, key.rotation_days, key.next_rotation, key.next_material_id, account, region, key.key_id);
  copyMaterials(there, primary);
  return key;
}
