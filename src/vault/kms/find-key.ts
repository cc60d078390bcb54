import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { keyNow } from './key-now.ts';
import { type KeyRow, selectAlias } from './rows.ts';
import { hasAlgorithm, type KeyUsage } from './specs.ts';

type Place = Pick<Call, 'account' | 'region'>;

export const keyArnOf = ({ account, region, key_id }: Pick<KeyRow, 'account' | 'region' | 'key_id'>): string =>
  `arn:aws:kms:${region}:${account}:key/${key_id}`;

export const aliasArnOf = ({ account, region }: Place, alias: string): string =>
  `arn:aws:kms:${region}:${account}:${alias}`;

const arnForm = /^arn:[^:]+:kms:([^:]*):([^:]*):((?:key|alias)\/.+)$/s;
const keyIdForm = /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|mrk-[0-9a-f]{32})$/i;

/**
 * The key that an id, an ARN, an alias or an alias ARN names.
 * Throws NotFoundException, InvalidArnException, or AccessDeniedException for another account's.
 */
export function findKey(call: Call, action: string, keyId: string): KeyRow {
  const name = nameIn(call, action, keyId);
  return name.startsWith('alias/') ? byAlias(call, name) : byId(call, name);
}

/** Like `findKey`, for the operations that take an id or an ARN, but no alias. */
export const findKeyById = (call: Call, action: string, keyId: string): KeyRow =>
  byId(call, nameIn(call, action, keyId));

/** The key id or alias that `keyId` holds, once its account and Region are found to be this call's. */
export function nameIn(call: Call, action: string, keyId: string): string {
  if (!keyId.startsWith('arn:')) return keyId;
  const [, region, account, resource] = arnForm.exec(keyId) ?? [];
  if (resource === undefined) throw new ApiError('InvalidArnException', `Invalid arn ${keyId}`);
  if (region !== call.region) throw new ApiError('NotFoundException', `Invalid arn ${region}`);
  if (account !== call.account) throw notAllowed(call, action);
  return resource.replace(/^key\//, '');
}

function byAlias(call: Call, alias: string): KeyRow {
  const { database, account, region } = call;
  const row = selectAlias.get(database, account, region, alias);
  const key = row && keyNow(call, row.key_id);
  if (!key) throw aliasNotFound({ account, region }, alias);
  return key;
}

function byId(call: Call, keyId: string): KeyRow {
  if (!keyIdForm.test(keyId)) throw new ApiError('NotFoundException', `Invalid keyId '${keyId}'`);
  const key = keyNow(call, keyId);
  if (key) return key;
  throw new ApiError(
    'NotFoundException',
    `Key '${keyArnOf({ account: call.account, region: call.region, key_id: keyId })}' does not exist`,
  );
}

export const aliasNotFound = (place: Place, alias: string) =>
  new ApiError('NotFoundException', `Alias ${aliasArnOf(place, alias)} is not found.`);

const notAllowed = ({ principal }: Call, action: string) =>
  new ApiError(
    'AccessDeniedException',
    `User: ${principal} is not authorized to perform: kms:${action} on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
  );

/** Like `findKey`, for a caller who is about to use the key: it must be the account's own, enabled, and for that use. */
export function findUsableKey(call: Call, action: string, keyId: string, usage: KeyUsage): KeyRow {
  const key = findKey(call, action, keyId);
  requireOwn(call, action, key);
  requireEnabled(key);
  requireUsage(action, key, usage);
  return key;
}

/** Throws InvalidKeyUsageException for a key that is for something else. */
export function requireUsage(action: string, key: KeyRow, usage: KeyUsage): void {
  if (key.usage === usage) return;
  throw new ApiError(
    'InvalidKeyUsageException',
    `${keyArnOf(key)} key usage is ${key.usage} which is not valid for ${action}.`,
  );
}

/** Throws InvalidKeyUsageException for an algorithm that a key does not have. */
export function requireAlgorithm(key: KeyRow, algorithm: string): void {
  if (hasAlgorithm(key.spec, key.usage, algorithm)) return;
  throw new ApiError('InvalidKeyUsageException', `Algorithm ${algorithm} is incompatible with key spec ${key.spec}.`);
}

/** Like `findKeyById`, for a caller who is about to change the key: the account's own, and not waiting for its deletion. */
export function findChangeableKey(call: Call, action: string, keyId: string): KeyRow {
  const key = findKeyById(call, action, keyId);
  requireOwn(call, action, key);
  requireNotPending(key);
  return key;
}

/** Throws KMSInvalidStateException for a key that waits for its deletion. */
export function requireNotPending(key: KeyRow): void {
  if (key.state === 'PendingDeletion') throw invalidState(key, 'is pending deletion.');
  if (key.state === 'PendingReplicaDeletion') throw invalidState(key, 'is pending replica deletion.');
}

/** Throws KMSInvalidStateException for a key that waits for material to be imported. */
export function requireImported(key: KeyRow): void {
  if (key.state === 'PendingImport') throw invalidState(key, 'is pending import.');
}

/** Throws DisabledException for a key that is disabled. */
export function requireNotDisabled(key: KeyRow): void {
  if (key.state === 'Disabled') throw new ApiError('DisabledException', `${keyArnOf(key)} is disabled.`);
}

/** Throws UnsupportedOperationException for a key whose material does not come from there. */
export function requireOrigin(key: KeyRow, origin: KeyRow['origin']): void {
  if (key.origin === origin) return;
  throw new ApiError(
    'UnsupportedOperationException',
    `${keyArnOf(key)} origin is ${key.origin} which is not valid for this operation.`,
  );
}

const invalidState = (key: KeyRow, what: string) =>
  new ApiError('KMSInvalidStateException', `${keyArnOf(key)} ${what}`);

/** Throws AccessDeniedException for an AWS-managed key: its policy lets its service use it, and nobody else. */
export function requireOwn({ principal }: Call, action: string, key: KeyRow): void {
  if (key.manager === 'CUSTOMER') return;
  throw new ApiError(
    'AccessDeniedException',
    `User: ${principal} is not authorized to perform: kms:${action} on resource: ${keyArnOf(key)} because no resource-based policy allows the kms:${action} action`,
  );
}

/** Throws DisabledException or KMSInvalidStateException unless the key may encrypt and decrypt now. */
export function requireEnabled(key: KeyRow): void {
  requireNotDisabled(key);
  requireNotPending(key);
  requireImported(key);
  if (key.state !== 'Enabled') throw invalidState(key, 'is not valid for use.');
}
