import { isIP } from 'node:net';
import mysql from 'mysql2/promise';
import { UserError } from '../../errors.ts';
import { type Surroundings, type TlsOptions, unchanged } from '../rotator.ts';
import type { DatabaseSecret } from './database-secret.ts';
import type { Engine, Session } from './engine.ts';
import { leave } from './leave.ts';
import { provideAccount } from './mysql-accounts.ts';
import { nativePassword } from './native-password.ts';
import { literal } from './sql.ts';
import { tlsFor } from './tls.ts';
import { type DriverError, explainConnection, loginRefused, noTls, notTrusted, placeOf, saying } from './trouble.ts';

/** MySQL and MariaDB: the server says which it is. */
export const mysqlEngine: Engine = {
  longestName: 32,
  async logIn(secret, given) {
    const connection = await connect(secret, given);
    return sessionOf(connection, secret);
  },
};

/** Strings are read as standard SQL has them, whatever the server's own `sql_mode`; names are quoted by backticks. */
const mode = "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES', SESSION sql_quote_show_create = 1";

async function connect(secret: DatabaseSecret, { tls, signal }: Surroundings): Promise<mysql.Connection> {
  signal?.throwIfAborted();
  checkName(secret, tls);
  const ssl = tlsFor(tls);
  try {
    const connection = await mysql.createConnection({
      ...{ host: secret.host, port: secret.port, user: secret.username, password: secret.password },
      database: secret.dbname,
      ssl: ssl && { ...ssl, verifyIdentity: tls.mode === 'verify' },
      ...{ connectTimeout: 15_000, charset: 'utf8mb4', disableEval: true },
    });
    connection.on('error', () => undefined);
    await connection.query(mode).catch((error: unknown) => {
      connection.destroy();
      throw error;
    });
    return connection;
  } catch (error) {
    throw explainLogin(error as DriverError, secret);
  }
}

/** The second is of accounts that the operating system may let in, too. */
const refusals = /^ER_ACCESS_DENIED(_NO_PASSWORD)?_ERROR$/;

function explainLogin(error: DriverError, secret: DatabaseSecret): UserError {
  if (refusals.test(error.code ?? '')) return loginRefused(secret, error);
  if (error.code === 'HANDSHAKE_NO_SSL_SUPPORT') return noTls(secret, error);
  if (error.code === 'HANDSHAKE_SSL_ERROR') return notTrusted(secret, error.message.split(':')[0]!, error);
  return explainQuery(error, secret);
}

/** The driver would check the certificate of an address as if it were that of "localhost". */
function checkName({ host }: DatabaseSecret, { mode }: TlsOptions): void {
  if (mode !== 'verify' || !isIP(host)) return;
  throw new UserError('usage', `the certificate of a MySQL server is checked against its name, and ${host} is none`, {
    hints: ['put its name into the secret under the key "host"', 'or encrypt and do not check: --tls require'],
  });
}

/** After these, nobody knows what became of the statement. */
const gone = new Set([
  ...['PROTOCOL_CONNECTION_LOST', 'PROTOCOL_SEQUENCE_TIMEOUT', 'ER_SERVER_SHUTDOWN', 'ER_NEW_ABORTING_CONNECTION'],
  ...['ER_QUERY_INTERRUPTED', 'ER_CON_COUNT_ERROR'],
]);

/** As PostgreSQL's class 53: the server is well, and has no room. */
const noRoom = new Set(['ER_DISK_FULL', 'ER_RECORD_FILE_FULL', 'ER_OUT_OF_RESOURCES']);

function explainQuery(error: DriverError, secret: DatabaseSecret, hidden: string[] = []): UserError {
  const connection = explainConnection(error, secret);
  if (connection) return connection;
  if (/strict.password.validation/.test(error.message)) return policyWantsPassword(secret);
  const isTrouble = error.code === undefined || gone.has(error.code) || noRoom.has(error.code);
  const code = isTrouble ? 'unreachable' : 'denied';
  return saying(code, `${placeOf(secret)} answered "${secret.username}"`, error, [secret.password, ...hidden]);
}

/** MariaDB, with a plugin that checks passwords: it takes no hash, and would log the password. */
const policyWantsPassword = (secret: DatabaseSecret): UserError =>
  unchanged(
    new UserError('denied', `${placeOf(secret)} takes no hash: a policy wants to see each password`, {
      hints: [
        'latchkey sends none, since the server would log it',
        'let it: SET GLOBAL strict_password_validation = OFF',
      ],
    }),
  );

type Query = (sql: string, hidden?: string[]) => Promise<Record<string, unknown>[]>;

function sessionOf(connection: mysql.Connection, secret: DatabaseSecret): Session {
  const query: Query = async (sql, hidden) => {
    try {
      const [rows] = await connection.query({ sql, timeout: 60_000 });
      return rows as Record<string, unknown>[];
    } catch (error) {
      throw explainQuery(error as DriverError, secret, hidden);
    }
  };
  return {
    account: async () => String((await query('SELECT CURRENT_USER() AS account'))[0]!.account),
    changePassword: (password) => changePassword(query, password),
    provide: async (username, password, like) =>
      provideAccount(query, { username, password, like, isMariaDb: await isMariaDb(query) }),
    rules: async () => rulesOf(await query(asked)),
    end: () =>
      leave(
        () => connection.end(),
        () => connection.destroy(),
      ),
  };
}

/** Of the plugins that check passwords, where they are loaded. */
const asked = `SHOW GLOBAL VARIABLES WHERE Variable_name REGEXP
  '^(simple_password_check|strict_password_validation|validate_password|cracklib|password_reuse|default_password_l|password_h)'`;

const rulesOf = (rows: Record<string, unknown>[]) =>
  Object.fromEntries(rows.map(({ Variable_name, Value }) => [String(Variable_name), String(Value)]));

const isMariaDb = async (query: Query): Promise<boolean> =>
  /mariadb/i.test(String((await query('SELECT VERSION() AS version'))[0]!.version));

/**
 * MariaDB writes statements to its log as they came, and takes the hash. MySQL lets users that may change nothing but
 * themselves send only the password, and keeps that out of its logs itself (Passwords and Logging, section 8.1.2.3).
 */
async function changePassword(query: Query, password: string): Promise<void> {
  const hash = nativePassword(password);
  if (await isMariaDb(query)) await query(`SET PASSWORD = ${literal(hash)}`, [hash]);
  else await query(`ALTER USER USER() IDENTIFIED BY ${literal(password)}`, [password]);
}
