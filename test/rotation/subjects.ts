import fs from 'node:fs';
import path from 'node:path';
import mysql from 'mysql2/promise';
import pg from 'pg';
import type { Database } from '../helpers/database.ts';
import { mariadbIsInstalled, startMariadb } from '../helpers/mariadb.ts';
import { postgresIsInstalled, startPostgres } from '../helpers/postgres.ts';
import type { Door } from './door.ts';

/** The databases that rotations are tried on. */
export const servers = [
  { engine: 'postgres', isInstalled: postgresIsInstalled, start: () => startPostgres() },
  { engine: 'mariadb', isInstalled: mariadbIsInstalled, start: () => startMariadb() },
];

export const strategies = ['single', 'alternating'] as const;

export type Strategy = (typeof strategies)[number];

/** A secret, and what it opens. */
export interface Subject {
  readonly door: Door;
  readonly name: string;
  /** The command line that rotates it. */
  readonly argv: string[];
  /** The command line that finishes, or backs out, what was left. */
  readonly recovery: string[];
  /** Whether this value of the secret is good. */
  logsIn(value: string): Promise<boolean>;
  /** The user of the version before goes on to be good, until the next rotation. */
  readonly keepsPrevious: boolean;
}

interface Asked {
  /** As a user name of both databases takes it. */
  readonly name: string;
  readonly strategy: Strategy;
  /** What stands between the rotation and the database. */
  readonly port?: number;
  /** What the secret of the administrator says, in place of the truth. */
  readonly admin?: { readonly username?: string; readonly password?: string };
}

/** Makes a user in the database, the secret that opens it, and the administrator's secret where it takes one. */
export async function databaseSubject(door: Door, database: Database, asked: Asked): Promise<Subject> {
  const { name, strategy, port = database.port } = asked;
  const password = `first of ${name}`;
  for (const statement of statements(database.engine, name, password)) await database.query(statement);
  const dbname = database.engine === 'postgres' ? 'postgres' : 'app';
  const own = { engine: database.engine, host: database.host, port, dbname };
  const masterarn =
    strategy === 'alternating' ? await adminSecret(door, { ...own, ...database.admin, ...asked.admin }) : undefined;
  await create(door, name, JSON.stringify({ ...own, username: name, password, masterarn }));
  return {
    ...{ door, name },
    argv: ['rotate', 'now', name, '--tls', 'disable'],
    recovery: ['rotate', 'recover', name, '--tls', 'disable', '--yes'],
    logsIn: (value) => isOfUse(database, value),
    keepsPrevious: strategy === 'alternating',
  };
}

const statements = (engine: string, name: string, password: string) =>
  engine === 'postgres'
    ? [
        'CREATE TABLE IF NOT EXISTS things (name text)',
        `CREATE ROLE "${name}" LOGIN PASSWORD '${password}'`,
        `GRANT SELECT ON things TO "${name}"`,
      ]
    : [
        'CREATE DATABASE IF NOT EXISTS app',
        'CREATE TABLE IF NOT EXISTS app.things (name text)',
        `CREATE USER '${name}'@'%' IDENTIFIED BY '${password}'`,
        `GRANT SELECT ON app.things TO '${name}'@'%'`,
      ];

let admins = 0;

async function adminSecret(door: Door, value: object): Promise<string> {
  admins += 1;
  return create(door, `admin-${admins}`, JSON.stringify(value));
}

async function create(door: Door, Name: string, SecretString: string): Promise<string> {
  const { ARN } = await door.call('CreateSecret', {
    ...{ Name, SecretString, ClientRequestToken: `first-version-of-${Name}`.padEnd(32, '-') },
  });
  return ARN as string;
}

/** A value that nothing but the secret knows of. */
export async function passwordSubject(door: Door): Promise<Subject> {
  await create(door, 'pepper', 'first');
  return {
    ...{ door, name: 'pepper', logsIn: async (value: string) => value !== '', keepsPrevious: false },
    argv: ['rotate', 'now', 'pepper', '--rotator', 'password'],
    recovery: ['rotate', 'recover', 'pepper', '--rotator', 'password', '--yes'],
  };
}

/** What a program of one's own may look like: the service is a file with the one value that is good. */
const program = `read -r event || exit 1
case "$LATCHKEY_STEP" in
  createSecret) head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \\n' >&5 ;;
  setSecret) cat <&4 >"$0.new.$$" && mv "$0.new.$$" "$0.service" ;;
  testSecret) cat <&4 | cmp -s - "$0.service" ;;
esac
`;

/** A secret that a program of its own rotates. */
export async function commandSubject(door: Door): Promise<Subject> {
  const script = path.join(door.environment.HOME!, 'rotate.sh');
  fs.writeFileSync(script, program);
  fs.writeFileSync(`${script}.service`, 'first');
  await create(door, 'token', 'first');
  return {
    ...{ door, name: 'token', keepsPrevious: false },
    logsIn: async (value) => fs.readFileSync(`${script}.service`, 'utf8') === value,
    argv: ['rotate', 'now', 'token', '--', 'sh', script],
    recovery: ['rotate', 'recover', 'token', '--yes', '--', 'sh', script],
  };
}

/** Whether it logs in, and may do what the user may whose secret it is. */
async function isOfUse({ engine, host, port }: Database, value: string): Promise<boolean> {
  const { username: user, password, dbname: database } = JSON.parse(value);
  const look = engine === 'postgres' ? lookInPostgres : lookInMariadb;
  return look({ host, port, user, password, database }).then(() => true, isRefusal);
}

interface Login {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

async function lookInPostgres(login: Login): Promise<void> {
  const client = new pg.Client(login);
  await client.connect();
  await client.query('SELECT name FROM things').finally(() => client.end());
}

async function lookInMariadb(login: Login): Promise<void> {
  const connection = await mysql.createConnection(login);
  await connection.query('SELECT name FROM things').finally(() => connection.end());
}

const refusals = new Set([
  ...['28P01', '28000', '42501'],
  ...['ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_TABLEACCESS_DENIED_ERROR'],
]);

/** Any other trouble is trouble of the test. */
function isRefusal(error: NodeJS.ErrnoException): false {
  if (refusals.has(error.code!)) return false;
  throw error;
}
