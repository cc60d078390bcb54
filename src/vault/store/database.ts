import fs from 'node:fs';
import { VaultError } from '../errors.ts';
import { type Connection, openConnection, type Prepared, type Value } from './binding.ts';

/** One SQLite file, opened with settings that lose no acknowledged write. */
export interface Database {
  prepare(sql: string): Prepared;
  exec(sql: string): void;
  /** Runs `work` in one transaction: all of it is kept, or, when it throws, none. */
  transaction<T>(kind: 'read' | 'write', work: () => T): T;
  close(): void;
}

const ownerOnly = 0o600;

/** Opens an existing file; throws a `VaultError` when there is none or it is not an SQLite database. */
export function openDatabase(file: string): Database {
  if (file !== ':memory:') requireFile(file);
  return configure(file, connect(file));
}

/** Makes a new file that only its owner can read, before SQLite opens it. Throws when it exists already. */
export function createDatabase(file: string): Database {
  if (file !== ':memory:') {
    guard(() => fs.closeSync(fs.openSync(file, 'wx', ownerOnly)));
  }
  return configure(file, connect(file));
}

function requireFile(file: string): void {
  const found = guard(() => fs.statSync(file, { throwIfNoEntry: false }));
  if (!found) throw new VaultError('missing', `there is no vault at "${file}"`);
  if (!found.isFile()) throw new VaultError('not-a-vault', `"${file}" is not a file`);
  if (found.size === 0) throw new VaultError('not-a-vault', `"${file}" is empty`);
}

function connect(file: string): Connection {
  return guard(() => {
    try {
      fs.accessSync(file === ':memory:' ? '.' : file, fs.constants.W_OK);
      return openConnection(file);
    } catch (error) {
      if (file === ':memory:' || !isPermission(error)) throw error;
      return openConnection(file, { readOnly: true });
    }
  });
}

const isPermission = (error: unknown) => ['EACCES', 'EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException).code!);

/*
 * A rollback journal with synchronous=EXTRA survives the loss of power after a commit, which WAL with its default
 * setting does not. Deleted content is overwritten, so that what was sealed does not linger in free pages.
 */
const settings = `
  PRAGMA busy_timeout = 10000;
  PRAGMA journal_mode = DELETE;
  PRAGMA synchronous = EXTRA;
  PRAGMA foreign_keys = ON;
  PRAGMA secure_delete = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
`;

function configure(file: string, connection: Connection): Database {
  try {
    guard(() => connection.exec(settings), file);
  } catch (error) {
    connection.close();
    throw error;
  }
  const prepared = new Map<string, Prepared>();

  const prepare = (sql: string): Prepared => {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = guard(() => connection.prepare(sql), file);
      prepared.set(sql, statement);
    }
    return statement;
  };

  return {
    prepare,
    exec: (sql) => guard(() => connection.exec(sql), file),
    transaction(kind, work) {
      return guard(() => {
        connection.exec(kind === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN');
        try {
          const result = work();
          connection.exec('COMMIT');
          return result;
        } catch (error) {
          rollBack(connection);
          throw error;
        }
      }, file);
    },
    close: () => connection.close(),
  };
}

/** After some failures (a full disk) SQLite has rolled back by itself; a second rollback is then an error to ignore. */
function rollBack(connection: Connection): void {
  try {
    connection.exec('ROLLBACK');
  } catch {}
}

/** A statement that is prepared when first used, once a database. `Row` is what it answers with. */
export function statement<Row = never>(sql: string) {
  return {
    get: (database: Database, ...values: Value[]) => database.prepare(sql).get(...values) as Row | undefined,
    all: (database: Database, ...values: Value[]) => database.prepare(sql).all(...values) as Row[],
    run: (database: Database, ...values: Value[]) => database.prepare(sql).run(...values),
  };
}

function guard<T>(work: () => T, file?: string): T {
  try {
    return work();
  } catch (error) {
    throw asVaultError(error, file);
  }
}

/** SQLite's and the file system's own words become one of the vault's; anything else passes through untouched. */
function asVaultError(error: unknown, file = 'the vault'): unknown {
  const { code = '', errcode } = error as { code?: string; errcode?: number };
  const reason = errcode === undefined ? systemReasons[code] : sqliteReasons[errcode & 0xff];
  return reason ? new VaultError(reason[0], `${reason[1]} (${file})`, error) : error;
}

type Reason = readonly [VaultError['code'], string];

const damaged: Reason = ['damaged', 'the vault file is damaged'];
const notAVault: Reason = ['not-a-vault', 'the file is not a latchkey vault'];
const busy: Reason = ['busy', 'another process is writing to the vault and did not finish within 10 seconds'];
const full: Reason = ['full', 'there is no space left to write the vault'];
const readOnly: Reason = ['denied', 'the vault cannot be written to'];
const closed: Reason = ['denied', 'the vault cannot be opened'];
const failing: Reason = ['full', 'the disk does not take the vault'];

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
const sqliteReasons: Record<number, Reason> = {
  5: busy,
  6: busy,
  8: readOnly,
  10: failing,
  11: damaged,
  13: full,
  14: closed,
  26: notAVault,
};

const systemReasons: Record<string, Reason> = {
  EACCES: closed,
  EPERM: closed,
  EROFS: closed,
  ENOSPC: full,
  EDQUOT: full,
  EEXIST: ['exists', 'there is a file already'],
};
