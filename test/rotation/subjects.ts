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
  await create(door, name, { ...own, username: name, password, masterarn });
  return {
    ...{ door, name },
    argv: ['rotate', 'now', name, '--tls', 'disable'],
    recovery: ['rotate', 'recover', name, '--tls', 'disable', '--yes'],
    logsIn: async (value) => {
      const { username, password } = JSON.parse(value);
      return database.logIn(username, password).then(() => true, wrongPassword);
    },
    keepsPrevious: strategy === 'alternating',
  };
}

const statements = (engine: string, name: string, password: string) =>
  engine === 'postgres'
    ? [`CREATE ROLE "${name}" LOGIN PASSWORD '${password}'`]
    : [
        'CREATE DATABASE IF NOT EXISTS app',
        `CREATE USER '${name}'@'%' IDENTIFIED BY '${password}'`,
        `GRANT SELECT ON app.* TO '${name}'@'%'`,
      ];

let admins = 0;

async function adminSecret(door: Door, value: object): Promise<string> {
  admins += 1;
  return create(door, `admin-${admins}`, value);
}

async function create(door: Door, Name: string, value: object): Promise<string> {
  const { ARN } = await door.call('CreateSecret', {
    ...{ Name, SecretString: JSON.stringify(value), ClientRequestToken: `first-version-of-${Name}`.padEnd(32, '-') },
  });
  return ARN as string;
}

/** 28P01 and 28000 are PostgreSQL's; any other trouble than a login that is refused is trouble of the test. */
function wrongPassword(error: NodeJS.ErrnoException): false {
  if (['28P01', '28000', 'ER_ACCESS_DENIED_ERROR'].includes(error.code!)) return false;
  throw error;
}
