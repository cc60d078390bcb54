import { identifier, literal } from './sql.ts';

export type Query = (sql: string) => Promise<Record<string, string>[]>;

const quoted = (name: string) => identifier(name, '"');

/** A role to be given a password, as the server stores it, and what the role `like` may do. */
interface Wanted {
  readonly username: string;
  readonly stored: string;
  readonly like: string;
}

/** Gives a role its password, and makes it where it is missing: whole or not at all. */
export async function provideRole(query: Query, wanted: Wanted): Promise<void> {
  await query('BEGIN');
  try {
    const provide = (await isThere(query, wanted.username)) ? changeRole : makeRole;
    await provide(query, wanted);
    await query('COMMIT');
  } catch (error) {
    await query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

const passwordOf = ({ stored }: Wanted) => `LOGIN PASSWORD ${literal(stored)}`;

/** A member of the other role, as AWS's own strategy has it, unless that one is a member of this: this is the original. */
async function changeRole(query: Query, wanted: Wanted): Promise<void> {
  const { username, like } = wanted;
  await query(`ALTER USER ${quoted(username)} WITH ${passwordOf(wanted)}`);
  if (!(await isMember(query, like, username))) await query(`GRANT ${quoted(like)} TO ${quoted(username)}`);
}

/**
 * The new role acts as the one it is made for, so that what it makes belongs to that one: else neither of the two could
 * change the other's tables.
 */
async function makeRole(query: Query, wanted: Wanted): Promise<void> {
  const { username, like } = wanted;
  await query(`CREATE USER ${quoted(username)} WITH ${passwordOf(wanted)}`);
  await query(`GRANT ${quoted(like)} TO ${quoted(username)}`);
  for (const setting of await settingsOf(query, like)) await set(query, username, setting);
  await set(query, username, { name: 'role', value: like });
}

const isThere = async (query: Query, name: string): Promise<boolean> =>
  (await query(`SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = ${literal(name)}`)).length > 0;

/** Only of roles that were granted: an administrator counts as a member of every role. */
async function isMember(query: Query, member: string, of: string): Promise<boolean> {
  const found = await query(
    `SELECT 1 FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
       JOIN pg_catalog.pg_roles u ON u.oid = m.member WHERE u.rolname = ${literal(member)} AND g.rolname = ${literal(of)}`,
  );
  return found.length > 0;
}

interface Setting {
  readonly name: string;
  readonly value: string;
  /** Where it holds; everywhere where this is null. */
  readonly database?: string | null;
}

/** What a role's sessions begin with, such as its search_path: members of a role do not inherit it. */
const settingsOf = async (query: Query, name: string) =>
  (await query(
    `SELECT split_part(c, '=', 1) AS name, substr(c, strpos(c, '=') + 1) AS value, d.datname AS database
       FROM pg_catalog.pg_db_role_setting s JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
       LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) c
       WHERE r.rolname = ${literal(name)}`,
  )) as unknown as Setting[];

/** A setting that only a superuser may make, for an administrator who is none, is left out. */
async function set(query: Query, username: string, { name, value, database }: Setting): Promise<void> {
  const where = database ? ` IN DATABASE ${quoted(database)}` : '';
  await query('SAVEPOINT setting');
  await query(
    `ALTER ROLE ${quoted(username)}${where} SET ${name.split('.').map(quoted).join('.')} TO ${written(name, value)}`,
  ).catch(() => query('ROLLBACK TO SAVEPOINT setting'));
}

/** These are stored as lists of quoted names, and written as such. */
const lists = /^(search_path|temp_tablespaces|(local|session|shared)_preload_libraries|unix_socket_directories)$/;

const written = (name: string, value: string): string =>
  lists.test(name)
    ? [...value.matchAll(/"(?:[^"]|"")*"|[^\s,"]+/g)]
        .map(([item]) => (item.startsWith('"') ? item : quoted(item)))
        .join(', ') || "''"
    : literal(value);
