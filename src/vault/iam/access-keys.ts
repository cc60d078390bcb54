import { type Caller, rootOf } from '../caller.ts';
import { VaultError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import type { Sealer } from '../store/sealing.ts';
import { type AccessKey, newAccessKey } from './access-key.ts';
import {
  type AccessKeyRow,
  deleteAccessKeyRow,
  insertAccessKey,
  selectAccessKey,
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

export function accessKeysOf({ database, sealer, account: own, clock }: Given): AccessKeys {
  const decoy = sealer.seal(bindingOf('decoy'), Buffer.alloc(40));

  /** The work is the same for a key that there is not: the time it takes must not tell. */
  function findKey(id: string): Credentials | undefined {
    const row = selectAccessKey.get(database, id);
    const secret = sealer.open(bindingOf(row ? id : 'decoy'), row?.secret ?? decoy);
    if (row?.status !== 'Active') return undefined;
    noteUse(database, row, clock());
    return { secret: Buffer.from(secret).toString(), caller: callerOf(row) };
  }

  function findSession(id: string, token: string, now: Date): Credentials | 'expired' | undefined {
    const session = sessionOf(sealer, token);
    if (session?.key.accessKeyId !== id) return undefined;
    const { accessKeyId: parent } = session.caller;
    if (parent !== undefined && selectAccessKey.get(database, parent)?.status !== 'Active') return undefined;
    if (session.expires <= now.getTime()) return 'expired';
    return { secret: session.key.secretAccessKey, caller: session.caller };
  }

  return {
    create({ account = own, user = null, description = null }) {
      const key = newAccessKey();
      const { accessKeyId: id, secretAccessKey } = key;
      const sealed = sealer.seal(bindingOf(id), Buffer.from(secretAccessKey));
      database.transaction('write', () =>
        insertAccessKey.run(database, id, account, user, description, sealed, clock().getTime()),
      );
      return key;
    },
    list: () => database.transaction('read', () => selectAccessKeys.all(database)).map(metadataOf),
    setStatus: (id, status) =>
      database.transaction('write', () => Number(setStatus.run(database, status, id).changes) > 0),
    delete: (id) => database.transaction('write', () => Number(deleteAccessKeyRow.run(database, id).changes) > 0),
    find: (id, token, now) => (token === undefined ? findKey(id) : findSession(id, token, now)),
  };
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

/** Only the day is kept, so only the first use of a day costs a write; a vault that cannot be written to does without. */
function noteUse(database: Database, { access_key_id, used }: AccessKeyRow, now: Date): void {
  const today = new Date(now).setUTCHours(0, 0, 0, 0);
  if (used === today) return;
  try {
    database.transaction('write', () => setUsed.run(database, today, access_key_id));
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
  }
}
