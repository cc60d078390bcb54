import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { findKeyById } from './find-key.ts';
import { deleteGrant } from './grant-rows.ts';
import { findGrant } from './grants.ts';
import { dryRun, grantId, keyId } from './members.ts';
import { stopDryRun } from './use.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html */
export const revokeGrant = writing(
  { KeyId: required(keyId), GrantId: required(grantId), DryRun: dryRun },
  (call, { KeyId, GrantId, DryRun }) => {
    const { account, region, key_id, grant_id } = findGrant(call, findKeyById(call, 'RevokeGrant', KeyId), GrantId);
    stopDryRun(DryRun);
    deleteGrant.run(call.database, account, region, key_id, grant_id);
    return {};
  },
);
