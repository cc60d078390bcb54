import { ApiError } from '../errors.ts';
import { accountOf } from '../iam/principal.ts';
import { type Call, reading } from '../operation.ts';
import { integer } from '../shape.ts';
import { selectRetirableGrantsAfter } from './grant-rows.ts';
import { entryOf, missing, requireNoService, requirePrincipal } from './grants.ts';
import { marker, principal, servicePrincipal } from './members.ts';
import { page } from './page.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListRetirableGrants.html */
export const listRetirableGrants = reading(
  {
    Limit: integer({ min: 1, max: 100 }),
    Marker: marker,
    RetiringPrincipal: principal,
    RetiringServicePrincipal: servicePrincipal,
  },
  (call, { RetiringPrincipal, RetiringServicePrincipal, Limit = 50, Marker }) => {
    requireNoService({ RetiringServicePrincipal });
    const arn = RetiringPrincipal ?? missing('RetiringPrincipal');
    requirePrincipal(arn);
    requireOwnPrincipal(call, arn);
    const { database, region, now } = call;
    const { rows, rest } = page(
      { limit: Limit, marker: Marker },
      (place, count) => selectRetirableGrantsAfter.all(database, region, arn, place, now.getTime(), count),
      (grant) => grant.grant_id,
    );
    return { Grants: rows.map(entryOf), ...rest };
  },
);

function requireOwnPrincipal({ account, principal: caller }: Call, arn: string): void {
  if (accountOf(arn) === account) return;
  throw new ApiError(
    'AccessDeniedException',
    `User: ${caller} is not authorized to perform: kms:ListRetirableGrants on resource: ${arn} because no resource-based policy allows the kms:ListRetirableGrants action`,
  );
}
