import { type Caller, rootOf } from '../caller.ts';
import { VaultError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import type { Sealer } from '../store/sealing.ts';
import { type AccessKey, newAccessKey } from './access-key.ts';
import {
  type AccessKeyRow,
  deleteAccessKeyRow,
  insertAccessKey,
  selectAccessKeys,
  setStatus,
  setUsed,
} from './rows.ts';
import { sessionOf } from './session-token.ts';
import { idOf } from './unique-id.ts';

/** Members as IAM's ListAccessKeys names them. */
interface AccessKeyMetadata {
  readonly AccessKeyId: string;
  readonly Account: string;
  readonly UserName?: string;
  readonly Description?: string;
  readonly Status: AccessKeyRow['status'];
  readonly CreateDate: Date;
  /** The day. */
  readonly LastUsedDate?: Date;
}

interface NewAccessKey {
  readonly account?: string;
  /** The account's root when left out. */
  readonly user?: string;
  readonly description?: string;
}

/** The other half of an access key, and whose it is. */
interface Credentials {
  readonly secret: string;
  readonly caller: Caller;
}

/** Who may call the vault from outside. */
export interface AccessKeys {
  create(wanted: NewAccessKey): AccessKey;
  list(): AccessKeyMetadata[];
  /** False where there is no such key. */
  setStatus(accessKeyId: string, status: AccessKeyRow['status']): boolean;
  /** False where there is no such key. */
  delete(accessKeyId: string): boolean;
  /** Undefined where nobody has this key, or may not use it now. */
  find(accessKeyId: string, sessionToken: string | undefined, now: Date): Credentials | 'expired' | undefined;
}

interface Given {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly account: string;
  readonly clock: () => Date;
}

/** Milliseconds for which what was read is believed: a key that another process turns off is off then. */
const freshness = 1000;

interface Known {
  readonly row: AccessKeyRow;
  readonly credentials: Credentials;
}

export function accessKeysOf({ database, sealer, account: own, clock }: Given): AccessKeys {
  let known = new Map<string, Known>();
  let readAt = Number.NEGATIVE_INFINITY;

  /** All are read together, so that the time a request takes says nothing about the key that it names. */
  function find(id: string): Known | undefined {
    if (performance.now() - readAt > freshness) {
      known = new Map(selectAccessKeys.all(database).map((row) => [row.access_key_id, openKey(sealer, row)]));
      readAt = performance.now();
    }
    const found = known.get(id);
    return found?.row.status === 'Active' ? found : undefined;
  }

  function findKey(id: string): Credentials | undefined {
    const found = find(id);
    if (found && noteUse(database, found.row, clock())) readAt = Number.NEGATIVE_INFINITY;
    return found?.credentials;
  }

  function findSession(id: string, token: string, now: Date): Credentials | 'expired' | undefined {
    const session = sessionOf(sealer, token);
    if (session?.key.accessKeyId !== id) return undefined;
    const { accessKeyId: parent } = session.caller;
    if (parent !== undefined && !find(parent)) return undefined;
    if (session.expires <= now.getTime()) return 'expired';
    return { secret: session.key.secretAccessKey, caller: session.caller };
  }

  function write<T>(work: () => T): T {
    readAt = Number.NEGATIVE_INFINITY;
    return database.transaction('write', work);
  }

  return {
    create({ account = own, user = null, description = null }) {
      const key = newAccessKey();
      const { accessKeyId: id, secretAccessKey } = key;
      const sealed = sealer.seal(bindingOf(id), Buffer.from(secretAccessKey));
      write(() => insertAccessKey.run(database, id, account, user, description, sealed, clock().getTime()));
      return key;
    },
    list: () => database.transaction('read', () => selectAccessKeys.all(database)).map(metadataOf),
    setStatus: (id, status) => write(() => Number(setStatus.run(database, status, id).changes) > 0),
    delete: (id) => write(() => Number(deleteAccessKeyRow.run(database, id).changes) > 0),
    find: (id, token, now) => (token === undefined ? findKey(id) : findSession(id, token, now)),
  };
}

function openKey(sealer: Sealer, row: AccessKeyRow): Known {
  const secret = Buffer.from(sealer.open(bindingOf(row.access_key_id), row.secret)).toString();
  return { row, credentials: { secret, caller: callerOf(row) } };
}

export const bindingOf = (accessKeyId: string) => ['access key', accessKeyId, 'secret'];

function callerOf({ access_key_id, account, user_name }: AccessKeyRow): Caller {
  if (user_name === null) return { ...rootOf(account), accessKeyId: access_key_id };
  const principal = `arn:aws:iam::${account}:user/${user_name}`;
  return { account, principal, userId: idOf('AIDA', principal), accessKeyId: access_key_id };
}

const metadataOf = (row: AccessKeyRow): AccessKeyMetadata => ({
  AccessKeyId: row.access_key_id,
  Account: row.account,
  UserName: row.user_name ?? undefined,
  Description: row.description ?? undefined,
  Status: row.status,
  CreateDate: new Date(row.created),
  LastUsedDate: row.used === null ? undefined : new Date(row.used),
});

/**
 * Only the day is kept, so only the first use of a day costs a write; a vault that cannot be written to does without.
 * Returns whether it wrote.
 */
function noteUse(database: Database, { access_key_id, used }: AccessKeyRow, now: Date): boolean {
  const today = new Date(now).setUTCHours(0, 0, 0, 0);
  if (used === today) return false;
  try {
    database.transaction('write', () => setUsed.run(database, today, access_key_id));
    return true;
  } catch (error) {
    if (error instanceof VaultError) return false;
    throw error;
  }
}
