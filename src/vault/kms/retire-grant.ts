import { ApiError } from '../errors.ts';
import { standsFor } from '../iam/principal.ts';
import { type Call, writing } from '../operation.ts';
import { findKeyById, keyArnOf } from './find-key.ts';
import { deleteGrant, type GrantRow } from './grant-rows.ts';
import { grantNamedBy } from './grant-token.ts';
import { findGrant, grantNotFound, operationsOf } from './grants.ts';
import { dryRun, grantId, grantToken, keyId } from './members.ts';
import { stopDryRun } from './use.ts';

interface Which {
  GrantToken?: string;
  KeyId?: string;
  GrantId?: string;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html */
export const retireGrant = writing(
  { GrantToken: grantToken, KeyId: keyId, GrantId: grantId, DryRun: dryRun },
  (call, { DryRun, ...which }) => {
    const grant = find(call, which);
    requireRetirable(call, grant);
    stopDryRun(DryRun);
    deleteGrant.run(call.database, grant.account, grant.region, grant.key_id, grant.grant_id);
    return {};
  },
);

function find(call: Call, { GrantToken, KeyId, GrantId }: Which): GrantRow {
  const byId = KeyId !== undefined && GrantId !== undefined;
  if ((GrantToken === undefined) !== byId || (!byId && (KeyId ?? GrantId) !== undefined)) {
    throw new ApiError('ValidationException', 'Specify either a grant token, or both a key ID and a grant ID.');
  }
  if (byId) return findGrant(call, findKeyById(call, 'RetireGrant', KeyId), GrantId);
  return findByToken(call, GrantToken!);
}

/** A token names a grant of any account's key, in the Region where it is asked for. */
function findByToken(call: Call, token: string): GrantRow {
  const named = grantNamedBy(call, token);
  if (named.region !== call.region) throw grantNotFound(named.grant_id);
  return findGrant(call, named, named.grant_id);
}

/**
 * It may be retired by whom it names for that, by its grantee where retiring is one of its operations, and by the
 * account that made it.
 */
function requireRetirable(call: Call, grant: GrantRow): void {
  const { retiring, grantee, issuer } = grant;
  const may = [issuer, retiring, operationsOf(grant).includes('RetireGrant') ? grantee : null];
  if (may.some((arn) => arn !== null && standsFor(arn, call))) return;
  throw new ApiError(
    'AccessDeniedException',
    `User: ${call.principal} is not authorized to perform: kms:RetireGrant on resource: ${keyArnOf(grant)} because no resource-based policy allows the kms:RetireGrant action`,
  );
}
