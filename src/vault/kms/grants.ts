import { ApiError } from '../errors.ts';
import { isPrincipalArn } from '../iam/principal.ts';
import type { Call } from '../operation.ts';
import { keyArnOf } from './find-key.ts';
import { type GrantRow, selectGrant } from './grant-rows.ts';
import type { KeyRow } from './rows.ts';

/** What a grant may allow only in an encryption context: in just this one, or in one that has these pairs. */
export interface GrantConstraints {
  readonly EncryptionContextEquals?: Readonly<Record<string, string>>;
  readonly EncryptionContextSubset?: Readonly<Record<string, string>>;
}

export const operationsOf = ({ operations }: GrantRow): string[] => JSON.parse(operations);

export const constraintsOf = ({ constraints }: GrantRow): GrantConstraints | undefined =>
  constraints === null ? undefined : JSON.parse(constraints);

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html */
export const entryOf = (grant: GrantRow) => ({
  KeyId: keyArnOf(grant),
  GrantId: grant.grant_id,
  Name: grant.name ?? '',
  CreationDate: new Date(grant.created),
  GranteePrincipal: grant.grantee,
  RetiringPrincipal: grant.retiring ?? undefined,
  IssuingAccount: grant.issuer,
  Operations: operationsOf(grant),
  Constraints: constraintsOf(grant),
});

type Place = Pick<KeyRow, 'account' | 'region' | 'key_id'>;

/** A grant of a key. Throws InvalidGrantIdException for what is no id, NotFoundException where there is no such grant. */
export function findGrant({ database, now }: Call, { account, region, key_id }: Place, grantId: string): GrantRow {
  requireGrantId(grantId);
  const grant = selectGrant.get(database, account, region, key_id, grantId, now.getTime());
  if (!grant) throw grantNotFound(grantId);
  return grant;
}

export const grantNotFound = (grantId: string) => new ApiError('NotFoundException', `Grant ID ${grantId} not found`);

export function requireGrantId(grantId: string): void {
  if (!/^[0-9a-f]{64}$/.test(grantId)) throw new ApiError('InvalidGrantIdException', `Invalid grant ID ${grantId}`);
}

/** For a member that the API calls optional, and no call can do without. */
export function missing(member: string): never {
  throw new ApiError('ValidationException', `${member} is required.`);
}

export function requirePrincipal(arn: string): void {
  if (isPrincipalArn(arn)) return;
  throw new ApiError('InvalidArnException', `ARN does not refer to a valid principal: ${arn}`);
}

/** Throws UnsupportedOperationException for a member that is about AWS's services: none of them calls a vault. */
export function requireNoService(input: Readonly<Record<string, unknown>>): void {
  const [name] = Object.entries(input).find(([, value]) => value !== undefined) ?? [];
  if (name) throw new ApiError('UnsupportedOperationException', `${name} is not supported in the vault`);
}
