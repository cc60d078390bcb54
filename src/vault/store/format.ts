import { ApiError, VaultError } from '../errors.ts';
import { createDatabase, type Database, statement } from './database.ts';

/** Marks the file as ours in SQLite's header (`PRAGMA application_id`): "LKEY". */
const applicationId = 0x4c4b4559;

const readApplicationId = statement<{ application_id: number }>('PRAGMA application_id');
const quickCheck = statement<{ quick_check: string }>('PRAGMA quick_check(1)');
const selectSchema = statement<{ sql: string | null }>(
  'SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name',
);
const brokenReferences = statement('PRAGMA foreign_key_check');
const readVersion = statement<{ user_version: number }>('PRAGMA user_version');

/**
 * The tables of one room: the SQL that takes a file from format version `index` to `index + 1`, empty where the room
 * changes nothing. Released steps never change: format 1 is the first released one.
 */
export type Schema = readonly string[];

/** What all rooms together do in each step. */
export type Migration = string;

export function migrationsOf(rooms: readonly Schema[]): Migration[] {
  const newest = Math.max(...rooms.map(({ length }) => length));
  return Array.from({ length: newest }, (_, step) => rooms.map((schema) => schema[step] ?? '').join('\n'));
}

export const formatVersion = (database: Database): number => readVersion.get(database)!.user_version;

/** Lays the tables of the newest format into an empty file. */
export function layOut(database: Database, migrations: readonly Migration[]): void {
  database.exec(`PRAGMA application_id = ${applicationId}`);
  database.exec(migrations.join('\n'));
  database.exec(`PRAGMA user_version = ${migrations.length}`);
}

/** Brings an older file up to date, in one transaction; refuses what is not a vault or is newer than this program. */
export function upgrade(database: Database, migrations: readonly Migration[]): void {
  if (readApplicationId.get(database)!.application_id !== applicationId) {
    throw new VaultError('not-a-vault', 'the file is not a latchkey vault');
  }
  const version = formatVersion(database);
  if (version > migrations.length) {
    throw new VaultError(
      'newer',
      `the vault has format ${version}, this latchkey knows formats up to ${migrations.length}`,
    );
  }
  if (version < 1) throw new VaultError('damaged', 'the header of the vault is damaged');
  if (version === migrations.length) return;
  withoutForeignKeys(database, () =>
    database.transaction('write', () => {
      for (const step of migrations.slice(formatVersion(database))) database.exec(step);
      if (brokenReferences.all(database).length > 0) throw new VaultError('damaged', 'the vault file is damaged');
      database.exec(`PRAGMA user_version = ${migrations.length}`);
    }),
  );
}

/** A step may put a new table in an old one's place, and what refers to the old one is to stay. */
function withoutForeignKeys(database: Database, work: () => void): void {
  database.exec('PRAGMA foreign_keys = OFF');
  try {
    work();
  } finally {
    database.exec('PRAGMA foreign_keys = ON');
  }
}

/** An error that nobody foresaw is a mistake of ours, unless the file turns out to be damaged. */
export function blame(database: Database, migrations: readonly Migration[], error: unknown): unknown {
  if (error instanceof ApiError || error instanceof VaultError || isSound(database, migrations)) return error;
  return new VaultError('damaged', 'the vault file is damaged', error);
}

/** Whether SQLite finds no fault with the file, and its tables are those that we laid. */
function isSound(database: Database, migrations: readonly Migration[]): boolean {
  const fresh = createDatabase(':memory:');
  try {
    layOut(fresh, migrations);
    const [found, laid] = [database, fresh].map((one) => JSON.stringify(selectSchema.all(one)));
    return found === laid && quickCheck.get(database)!.quick_check === 'ok';
  } catch {
    return false;
  } finally {
    fresh.close();
  }
}
