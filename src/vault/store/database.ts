import fs from 'node:fs';
import { VaultError } from '../errors.ts';
import { type Connection, openConnection, type Prepared, type Value } from './binding.ts';
import { asVaultError, guard } from './failures.ts';

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
  if (file === ':memory:') return openDatabase(file);
  guard(file, () => fs.closeSync(fs.openSync(file, 'wx', ownerOnly)));
  try {
    return configure(file, connect(file));
  } catch (error) {
    removeDatabase(file);
    throw error;
  }
}

/** Takes away a vault that could not be made. */
export function removeDatabase(file: string): void {
  for (const path of [file, `${file}-journal`]) fs.rmSync(path, { force: true });
}

function requireFile(file: string): void {
  const found = guard(file, () => fs.statSync(file, { throwIfNoEntry: false }));
  if (!found) throw new VaultError('missing', `there is no vault at "${file}"`);
  if (!found.isFile()) throw new VaultError('not-a-vault', `"${file}" is not a file`);
  if (found.size === 0) throw new VaultError('not-a-vault', `"${file}" is empty`);
}

function connect(file: string): Connection {
  return guard(file, () => openConnection(file, { readOnly: file !== ':memory:' && !isWritable(file) }));
}

function isWritable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.W_OK);
    return true;
  } catch (error) {
    if (isPermission(error)) return false;
    throw error;
  }
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
    guard(file, () => connection.exec(settings));
  } catch (error) {
    connection.close();
    throw error;
  }
  const prepared = new Map<string, Prepared>();

  const prepare = (sql: string): Prepared => {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = guarded(
        file,
        guard(file, () => connection.prepare(sql)),
      );
      prepared.set(sql, statement);
    }
    return statement;
  };

  return {
    prepare,
    exec: (sql) => guard(file, () => connection.exec(sql)),
    transaction(kind, work) {
      guard(file, () => connection.exec(kind === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN'));
      try {
        const result = work();
        connection.exec('COMMIT');
        return result;
      } catch (error) {
        rollBack(connection);
        throw asVaultError(error, file);
      }
    },
    close: () => connection.close(),
  };
}

/** On the path of every request: no function is made for a call. */
function guarded(file: string, statement: Prepared): Prepared {
  const calling =
    <T>(call: (...values: Value[]) => T) =>
    (...values: Value[]): T => {
      try {
        return call(...values);
      } catch (error) {
        throw asVaultError(error, file);
      }
    };
  return {
    get: calling((...values) => statement.get(...values)),
    all: calling((...values) => statement.all(...values)),
    run: calling((...values) => statement.run(...values)),
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
