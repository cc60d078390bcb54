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
  /** To be called once a signature has shown that who asks has the secret: no forger's attempt counts as use. */
  readonly noteUse?: () => void;
}

/** Who may call the vault from outside. */
export interface AccessKeys {
  create(wanted: NewAccessKey): AccessKey;
  /** A key of an account's root that is kept nowhere: it, and the sessions it asks for, end with this process, or sooner. */
  lend(account?: string): AccessKey;
  /** Ends a key that was lent. */
  takeBack(accessKeyId: string): void;
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

export function accessKeysOf({ database, sealer, account: own, clock }: Given): AccessKeys {
  const lent = new Map<string, Credentials>();
  let known = new Map<string, Credentials>();
  let readAt = Number.NEGATIVE_INFINITY;

  /** All are read together, so that the time a request takes says nothing about the key that it names. */
  function findKey(id: string): Credentials | undefined {
    if (performance.now() - readAt > freshness) {
      known = new Map([...lent, ...selectAccessKeys.all(database).flatMap(open)]);
      readAt = performance.now();
    }
    return known.get(id);
  }

  /** A key that is off, or damaged, is no key; the others are still good. */
  function open(row: AccessKeyRow): [string, Credentials][] {
    const secret = row.status === 'Active' ? openSecret(sealer, row) : undefined;
    const noteUse = () => noteDay(database, row, clock());
    return secret === undefined ? [] : [[row.access_key_id, { secret, caller: callerOf(row), noteUse }]];
  }

  /** A session goes with the key that asked for it: AWS lets it live on, but there one can deny by policy. */
  function findSession(id: string, token: string, now: Date): Credentials | 'expired' | undefined {
    const session = sessionOf(sealer, token);
    if (session?.key.accessKeyId !== id) return undefined;
    const { accessKeyId: parent } = session.caller;
    if (parent !== undefined && !findKey(parent)) return undefined;
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
      const binding = accessKeyBinding({ access_key_id: id, account, user_name: user });
      const sealed = sealer.seal(binding, Buffer.from(secretAccessKey));
      write(() => insertAccessKey.run(database, id, account, user, description, sealed, clock().getTime()));
      return key;
    },
    lend(account = own) {
      const key = newAccessKey();
      const caller = { ...rootOf(account), accessKeyId: key.accessKeyId };
      lent.set(key.accessKeyId, { secret: key.secretAccessKey, caller });
      readAt = Number.NEGATIVE_INFINITY;
      return key;
    },
    takeBack(accessKeyId) {
      lent.delete(accessKeyId);
      readAt = Number.NEGATIVE_INFINITY;
    },
    list: () => database.transaction('read', () => selectAccessKeys.all(database)).map(metadataOf),
    setStatus: (id, status) => write(() => Number(setStatus.run(database, status, id).changes) > 0),
    delete: (id) => write(() => Number(deleteAccessKeyRow.run(database, id).changes) > 0),
    find: (id, token, now) => (token === undefined ? findKey(id) : findSession(id, token, now)),
  };
}

type Whose = Pick<AccessKeyRow, 'access_key_id' | 'account' | 'user_name'>;

/** Whose key it is, too: nobody becomes the root by a change to the file. */
export const accessKeyBinding = (key: Whose) => [
  key.account,
  '',
  'access key',
  key.access_key_id,
  callerOf(key).principal,
  'secret',
];

/** The secret half; undefined where it does not open. */
export function openSecret(sealer: Sealer, row: AccessKeyRow): string | undefined {
  try {
    return Buffer.from(sealer.open(accessKeyBinding(row), row.secret)).toString();
  } catch (error) {
    if (error instanceof VaultError) return undefined;
    throw error;
  }
}

function callerOf({ access_key_id, account, user_name }: Whose): Caller {
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

/** Only the day is kept, so only the first use of a day costs a write; a vault that cannot be written to does without. */
function noteDay(database: Database, row: AccessKeyRow, now: Date): void {
  const today = new Date(now).setUTCHours(0, 0, 0, 0);
  if (row.used === today) return;
  row.used = today;
  try {
    database.transaction('write', () => setUsed.run(database, today, row.access_key_id));
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
  }
}
