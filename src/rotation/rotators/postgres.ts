import { Socket } from 'node:net';
import pg from 'pg';
import type { UserError } from '../../errors.ts';
import type { Surroundings } from '../rotator.ts';
import type { DatabaseSecret } from './database-secret.ts';
import type { Engine, Session } from './engine.ts';
import { leave } from './leave.ts';
import { provideRole, type Query } from './postgres-roles.ts';
import { md5Verifier, scramVerifier } from './scram.ts';
import { identifier, literal } from './sql.ts';
import { tlsFor } from './tls.ts';
import { type DriverError, explainConnection, loginRefused, noTls, placeOf, saying } from './trouble.ts';

/** PostgreSQL, and Redshift, which speaks an older PostgreSQL. */
export const postgres: Engine = {
  longestName: 63,
  async logIn(secret, given) {
    const socket = new Socket();
    const client = await connect(secret, given, socket);
    return sessionOf(client, secret, () =>
      leave(
        () => client.end(),
        () => socket.destroy(),
      ),
    );
  },
};

async function connect(secret: DatabaseSecret, { tls, signal }: Surroundings, socket: Socket): Promise<pg.Client> {
  signal?.throwIfAborted();
  const client = new pg.Client({
    ...{ host: secret.host, port: secret.port, user: secret.username, password: secret.password },
    database: secret.dbname ?? (secret.engine === 'redshift' ? 'dev' : 'postgres'),
    ssl: tlsFor(tls) ?? false,
    stream: () => socket,
    ...{ application_name: 'latchkey', connectionTimeoutMillis: 15_000, query_timeout: 60_000 },
  });
  // A connection that is cut between two queries: the next of them says so.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    socket.destroy();
    throw explainLogin(error as DriverError, secret);
  }
}

/** By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function explainLogin(error: DriverError, secret: DatabaseSecret): UserError {
  if (error.code === '28P01') return loginRefused(secret, error);
  if (error.message === 'The server does not support SSL connections') return noTls(secret, error);
  return explainQuery(error, secret);
}

/** What the driver says in words alone: no answer in time, a connection that was cut. */
const unreachable = (secret: DatabaseSecret, error: Error) =>
  saying('unreachable', `${placeOf(secret)} could not be reached`, error, [secret.password]);

const answered = (code: 'denied' | 'unreachable', secret: DatabaseSecret, error: Error, more: string[] = []) =>
  saying(code, `${placeOf(secret)} answered "${secret.username}"`, error, [secret.password, ...more]);

function sessionOf(client: pg.Client, secret: DatabaseSecret, end: Session['end']): Session {
  const query = async (sql: string, hidden: string[] = []) => {
    try {
      return (await client.query(sql)).rows as Record<string, string>[];
    } catch (error) {
      throw explainQuery(error as DriverError, secret, hidden);
    }
  };
  const verifier = (username: string, password: string) => verifierFor(secret, query, username, password);
  return {
    account: async () => secret.username,
    async changePassword(password) {
      const stored = await verifier(secret.username, password);
      if (secret.engine !== 'redshift') await asItself(query);
      await query(`ALTER USER ${identifier(secret.username, '"')} PASSWORD ${literal(stored)}`, [stored, password]);
    },
    async provide(username, password, like) {
      const stored = await verifier(username, password);
      await provideRole((sql) => query(sql, [stored, password]), { username, stored, like });
    },
    rules: async () => rulesOf(await query(asked)),
    end,
  };
}

/** A role may be set to act as another one, which may not change it, or only to read. */
async function asItself(query: Query): Promise<void> {
  await query('SET ROLE NONE');
  await query('SET default_transaction_read_only = off');
}

/** Its own settings, and those of the checks that are known to be used with it. */
const asked = `SELECT name, setting FROM pg_catalog.pg_settings
  WHERE name ~ '^(password_encryption|scram_iterations|passwordcheck|credcheck|password_profile|rds\\..*password)'
  UNION ALL SELECT 'valid until', rolvaliduntil::text FROM pg_catalog.pg_roles
    WHERE rolname = session_user AND rolvaliduntil IS NOT NULL ORDER BY 1`;

const rulesOf = (rows: Record<string, string>[]) =>
  Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));

async function verifierFor({ engine }: DatabaseSecret, query: Query, username: string, password: string) {
  if (engine === 'redshift') return md5Verifier(password, username);
  const [row] = await query('SHOW password_encryption');
  return row?.password_encryption === 'scram-sha-256' ? scramVerifier(password) : md5Verifier(password, username);
}

function explainQuery(error: DriverError, secret: DatabaseSecret, hidden: string[] = []): UserError {
  const connection = explainConnection(error, secret);
  if (connection) return connection;
  if (error.code === undefined) return unreachable(secret, error);
  // Class 53, 57 and 58: no room, shutting down, a disk that fails.
  return answered(/^5[378]/.test(error.code) ? 'unreachable' : 'denied', secret, error, hidden);
}
