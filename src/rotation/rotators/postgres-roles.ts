import { identifier, literal } from './sql.ts';

type Query = (sql: string) => Promise<Record<string, string>[]>;

const quoted = (name: string) => identifier(name, '"');

/**
 * Gives a role its password, and makes it where it is missing. It becomes a member of the role `like`, as AWS's own
 * strategy has it, unless that one is a member of it already: then it is the original, which needs nothing.
 */
export async function provideRole(query: Query, username: string, stored: string, like: string): Promise<void> {
  const password = `LOGIN PASSWORD ${literal(stored)}`;
  const isThere = (await rolesNamed(query, username)).length > 0;
  await query(`${isThere ? 'ALTER' : 'CREATE'} USER ${quoted(username)} WITH ${password}`);
  if (await isMember(query, like, username)) return;
  await query(`GRANT ${quoted(like)} TO ${quoted(username)}`);
}

const rolesNamed = (query: Query, name: string) =>
  query(`SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = ${literal(name)}`);

/** Only of roles that were granted: an administrator counts as a member of every role. */
async function isMember(query: Query, member: string, of: string): Promise<boolean> {
  const found = await query(
    `SELECT 1 FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
       JOIN pg_catalog.pg_roles u ON u.oid = m.member WHERE u.rolname = ${literal(member)} AND g.rolname = ${literal(of)}`,
  );
  return found.length > 0;
}
