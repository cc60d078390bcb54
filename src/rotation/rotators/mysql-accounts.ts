import { UserError } from '../../errors.ts';
import { nativePassword } from './native-password.ts';
import { identifier, literal } from './sql.ts';

type Query = (sql: string, hidden?: string[]) => Promise<Record<string, unknown>[]>;

interface Wanted {
  readonly username: string;
  readonly password: string;
  /** `app@%`, as CURRENT_USER() says it. */
  readonly like: string;
  readonly isMariaDb: boolean;
}

/** Gives an account its password and the grants of another, and makes it where it is missing. */
export async function provideAccount(query: Query, { username, password, like, isMariaDb }: Wanted): Promise<void> {
  const [name, host] = partsOf(like);
  const account = `${literal(username)}@${literal(host)}`;
  const original = `${literal(name)}@${literal(host)}`;
  const hash = nativePassword(password);
  const identified = isMariaDb ? `IDENTIFIED BY PASSWORD ${literal(hash)}` : `IDENTIFIED BY ${literal(password)}`;
  const hidden = [hash, password];
  const [made] = await query(`SHOW CREATE USER ${original}`);
  await query(`CREATE USER IF NOT EXISTS ${account} ${identified}`, hidden);
  await query(`ALTER USER ${account} ${identified}${requirementsOf(made)}`, hidden);
  for (const grant of await grantsOf(query, original)) await query(forAnother(grant, [name, host], [username, host]));
}

/** A host has no `@` in it; a name may. */
function partsOf(account: string): Account {
  const at = account.lastIndexOf('@');
  return [account.slice(0, at), account.slice(at + 1)];
}

type Account = readonly [name: string, host: string];

const inBackticks = (account: Account) => account.map((part) => identifier(part, '`')).join('@');
const inQuotes = (account: Account) => account.map(literal).join('@');

/** One line of SHOW GRANTS with another account in it, and without the password that may stand behind it. */
function forAnother(grant: string, from: Account, to: Account): string {
  for (const written of [inBackticks(from), inQuotes(from)]) {
    const at = grant.lastIndexOf(` ${written}`);
    if (at < 0) continue;
    const option = / WITH (GRANT|ADMIN) OPTION\b/.exec(grant.slice(at + written.length))?.[0] ?? '';
    return `${grant.slice(0, at)} ${inBackticks(to)}${option}`;
  }
  throw new UserError('denied', `a grant of "${from[0]}" is written in a way that is not understood`);
}

/** What is asked of a login beside its password (TLS, limits), as the server itself writes it down. */
const requirementsOf = (made: Record<string, unknown> | undefined): string =>
  / (REQUIRE|WITH MAX_|PASSWORD (EXPIRE|HISTORY|REUSE)|ACCOUNT ).*/s.exec(String(Object.values(made ?? {})[0]))?.[0] ??
  '';

async function grantsOf(query: Query, account: string): Promise<string[]> {
  const rows = await query(`SHOW GRANTS FOR ${account}`);
  return rows.map((row) => String(Object.values(row)[0]));
}
