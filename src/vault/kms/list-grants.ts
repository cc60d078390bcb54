import { reading } from '../operation.ts';
import { integer, required } from '../shape.ts';
import { findKeyById } from './find-key.ts';
import { selectGrantsAfter } from './grant-rows.ts';
import { entryOf, requireGrantId, requireNoService, requirePrincipal } from './grants.ts';
import { grantId, keyId, marker, principal, servicePrincipal } from './members.ts';
import { page } from './page.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
export const listGrants = reading(
  {
    Limit: integer({ min: 1, max: 100 }),
    Marker: marker,
    KeyId: required(keyId),
    GrantId: grantId,
    GranteePrincipal: principal,
    GranteeServicePrincipal: servicePrincipal,
  },
  (call, { KeyId, GrantId, GranteePrincipal, GranteeServicePrincipal, Limit = 50, Marker }) => {
    requireNoService({ GranteeServicePrincipal });
    const { account, region, key_id } = findKeyById(call, 'ListGrants', KeyId);
    if (GrantId !== undefined) requireGrantId(GrantId);
    if (GranteePrincipal !== undefined) requirePrincipal(GranteePrincipal);
    const only = [GrantId ?? null, GranteePrincipal ?? null] as const;
    const { rows, rest } = page(
      { limit: Limit, marker: Marker },
      (place, count) => selectGrantsAfter.all(call.database, account, region, key_id, place, ...only, count),
      (grant) => grant.grant_id,
    );
    return { Grants: rows.map(entryOf), ...rest };
  },
);
