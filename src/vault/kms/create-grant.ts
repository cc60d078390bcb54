import { randomBytes } from 'node:crypto';
import { ApiError } from '../errors.ts';
import { rootArnOf } from '../iam/principal.ts';
import { type Call, writing } from '../operation.ts';
import { enumeration, list, required, string } from '../shape.ts';
import { findKeyById, keyArnOf, requireEnabled, requireOwn } from './find-key.ts';
import { constraints, printConstraints, requireConstrainable } from './grant-constraints.ts';
import { grantOperations, requireGrantable } from './grant-operations.ts';
import { countGrants, type GrantRow, insertGrant, selectGrantsNamed } from './grant-rows.ts';
import { tokenOf } from './grant-token.ts';
import { missing, requireNoService, requirePrincipal } from './grants.ts';
import { dryRun, grantTokens, keyId, principal, servicePrincipal } from './members.ts';
import { stopDryRun } from './use.ts';

const mostGrants = 50_000;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html */
export const createGrant = writing(
  {
    KeyId: required(keyId),
    GranteePrincipal: principal,
    RetiringPrincipal: principal,
    Operations: required(list(enumeration(...grantOperations))),
    Constraints: constraints,
    GrantTokens: grantTokens,
    Name: string({ min: 1, max: 256, pattern: '[a-zA-Z0-9:/_-]+' }),
    DryRun: dryRun,
    GranteeServicePrincipal: servicePrincipal,
    RetiringServicePrincipal: servicePrincipal,
  },
  (call, input) => {
    const { KeyId, RetiringPrincipal, Constraints = {}, Name, DryRun } = input;
    const { GranteeServicePrincipal, RetiringServicePrincipal } = input;
    requireNoService({ GranteeServicePrincipal, RetiringServicePrincipal, SourceArn: Constraints.SourceArn });
    const grantee = input.GranteePrincipal ?? missing('GranteePrincipal');
    const key = findKeyById(call, 'CreateGrant', KeyId);
    requireOwn(call, 'CreateGrant', key);
    requireEnabled(key);
    for (const arn of [grantee, RetiringPrincipal]) if (arn !== undefined) requirePrincipal(arn);
    const operations = [...new Set(input.Operations)];
    requireGrantable(key, operations);
    requireConstrainable(key, Constraints);
    const grant: GrantRow = {
      account: key.account,
      region: key.region,
      key_id: key.key_id,
      grant_id: randomBytes(32).toString('hex'),
      name: Name ?? null,
      grantee,
      retiring: RetiringPrincipal ?? null,
      issuer: rootArnOf(call.account),
      operations: JSON.stringify(operations),
      constraints: printConstraints(Constraints),
      created: call.now.getTime(),
    };
    const there = madeBefore(call, grant);
    if (!there) requireRoom(call, grant);
    stopDryRun(DryRun);
    if (!there) insert(call, grant);
    const { grant_id: GrantId } = there ?? grant;
    return { GrantToken: tokenOf(call, there ?? grant), GrantId };
  },
);

/** The grant of the same name that says the same: a request that is sent again makes no second one. */
function madeBefore({ database }: Call, grant: GrantRow): GrantRow | undefined {
  if (grant.name === null) return undefined;
  const { account, region, key_id, name } = grant;
  return selectGrantsNamed
    .all(database, account, region, key_id, name)
    .find((one) => sayingOf(one) === sayingOf(grant));
}

const sayingOf = ({ grantee, retiring, issuer, operations, constraints }: GrantRow): string =>
  JSON.stringify([grantee, retiring, issuer, JSON.parse(operations).toSorted(), constraints]);

function requireRoom({ database }: Call, grant: GrantRow): void {
  const { account, region, key_id } = grant;
  if (countGrants.get(database, account, region, key_id)!.count < mostGrants) return;
  throw new ApiError(
    'LimitExceededException',
    `The key ${keyArnOf(grant)} has ${mostGrants} grants, which is the most.`,
  );
}

function insert({ database }: Call, grant: GrantRow): void {
  insertGrant.run(
    database,
    grant.account,
    grant.region,
    grant.key_id,
    grant.grant_id,
    grant.name,
    grant.grantee,
    grant.retiring,
    grant.issuer,
    grant.operations,
    grant.constraints,
    grant.created,
  );
}
