import pg from 'pg';
import type { UserError } from '../../errors.ts';
import type { Surroundings } from '../rotator.ts';
import type { DatabaseSecret } from './database-secret.ts';
import type { Engine, Session } from './engine.ts';
import { provideRole, type Query } from './postgres-roles.ts';
import { md5Verifier, scramVerifier } from './scram.ts';
import { identifier, literal } from './sql.ts';
import { tlsFor } from './tls.ts';
import { type DriverError, explainConnection, loginRefused, noTls, saying } from './trouble.ts';

/** PostgreSQL, and Redshift, which speaks an older PostgreSQL. */
export const postgres: Engine = {
  longestName: 63,
  async logIn(secret, given) {
    const client = await connect(secret, given);
    return sessionOf(client, secret);
  },
};

async function connect(secret: DatabaseSecret, { tls, signal }: Surroundings): Promise<pg.Client> {
  signal?.throwIfAborted();
  const client = new pg.Client({
    ...{ host: secret.host, port: secret.port, user: secret.username, password: secret.password },
    database: secret.dbname ?? (secret.engine === 'redshift' ? 'dev' : 'postgres'),
    ssl: tlsFor(tls) ?? false,
    ...{ application_name: 'latchkey', connectionTimeoutMillis: 15_000, query_timeout: 60_000 },
  });
  // A connection that is cut between two queries: the next of them says so.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw explainLogin(error as DriverError, secret);
  }
}

/** By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function explainLogin(error: DriverError, secret: DatabaseSecret): Error {
  if (error.code === '28P01') return loginRefused(secret, error);
  if (error.message === 'The server does not support SSL connections') return noTls(secret, error);
  const connection = explainConnection(error, secret);
  if (connection) return connection;
  return error.code === undefined ? unreachable(secret, error) : answered('denied', secret, error);
}

/** What the driver says in words alone: no answer in time, a connection that was cut. */
const unreachable = (secret: DatabaseSecret, error: Error) =>
  saying('unreachable', `${secret.host}:${secret.port} could not be reached`, error, [secret.password]);

const answered = (code: 'denied' | 'unreachable', secret: DatabaseSecret, error: Error, more: string[] = []) =>
  saying(code, `${secret.host}:${secret.port} answered "${secret.username}"`, error, [secret.password, ...more]);

function sessionOf(client: pg.Client, secret: DatabaseSecret): Session {
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
      // A role may be set to act as another one, which may not change it.
      if (secret.engine !== 'redshift') await query('SET ROLE NONE');
      await query(`ALTER USER ${identifier(secret.username, '"')} PASSWORD ${literal(stored)}`, [stored, password]);
    },
    async provide(username, password, like) {
      const stored = await verifier(username, password);
      await provideRole((sql) => query(sql, [stored, password]), { username, stored, like });
    },
    end: () => client.end(),
  };
}

async function verifierFor({ engine }: DatabaseSecret, query: Query, username: string, password: string) {
  if (engine === 'redshift') return md5Verifier(password, username);
  const [row] = await query('SHOW password_encryption');
  return row?.password_encryption === 'scram-sha-256' ? scramVerifier(password) : md5Verifier(password, username);
}

function explainQuery(error: DriverError, secret: DatabaseSecret, hidden: string[]): UserError {
  const connection = explainConnection(error, secret);
  if (connection) return connection;
  if (error.code === undefined) return unreachable(secret, error);
  // Class 53, 57 and 58: no room, shutting down, a disk that fails.
  return answered(/^5[378]/.test(error.code) ? 'unreachable' : 'denied', secret, error, hidden);
}
