import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import mysql from 'mysql2/promise';
import { type Database, folderOf, freePort, isRoot, type Owner, untilItAnswers } from './database.ts';

/** Debian's server is not on everyone's path. */
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** Whether MariaDB's server can be started here. */
export const mariadbIsInstalled =
  spawnSync('mariadbd', ['--version'], { env }).status === 0 && spawnSync('which', ['mariadb-install-db']).status === 0;

const admin = { username: 'administrator', password: 'The 1st administrator of this test!' };

interface Settings {
  /** For the server, as `--sql-mode=ANSI_QUOTES`. */
  readonly options?: string[];
  /** Files in PEM. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** Starts MariaDB with every statement logged. */
export async function startMariadb({ options = [], tls }: Settings = {}): Promise<Database> {
  const owner = mysqlUser();
  const folder = folderOf(owner);
  const files = { data: path.join(folder, 'data'), socket: path.join(folder, 'socket') };
  const own = (file: string) => copyFor(owner, file, folder);
  const logs = { statements: path.join(folder, 'statements'), server: path.join(folder, 'log') };
  makeCluster(files.data, folder, owner);
  const certified = tls ? [`--ssl-cert=${own(tls.certificate)}`, `--ssl-key=${own(tls.key)}`] : ['--skip-ssl'];
  const port = await freePort();

  let server: ChildProcess;
  const connect = (user: string, password: string) =>
    mysql.createConnection({ host: '127.0.0.1', port, user, password });
  const queryAs = async (username: string, password: string, sql: string) => {
    const connection = await connect(username, password);
    try {
      const [rows] = await connection.query(sql);
      return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
    } finally {
      connection.destroy();
    }
  };
  const query = (sql: string) => queryAs(admin.username, admin.password, sql);
  const start = async () => {
    const log = fs.openSync(logs.server, 'a');
    const fixed = ['--no-defaults', `--datadir=${files.data}`, `--socket=${files.socket}`, `--port=${port}`];
    const local = ['--bind-address=127.0.0.1', '--skip-name-resolve', `--init-file=${folder}/start.sql`];
    const logging = ['--general-log', `--general-log-file=${logs.statements}`, '--innodb-flush-log-at-trx-commit=0'];
    server = spawn('mariadbd', [...fixed, ...local, ...logging, ...certified, ...options], {
      ...owner,
      env,
      cwd: folder,
      stdio: ['ignore', log, log],
    });
    fs.closeSync(log);
    await untilItAnswers(
      () => query('SELECT 1'),
      () => (server.exitCode === null ? undefined : `mariadbd ended:\n${fs.readFileSync(logs.server, 'utf8')}`),
    );
  };
  const end = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  };
  await start().catch(async (error) => {
    await end();
    throw error;
  });
  return {
    ...{ engine: 'mariadb', host: '127.0.0.1', port, admin, query, queryAs, start },
    logIn: async (username, password) => (await connect(username, password)).end(),
    log: () =>
      Object.values(logs)
        .map((file) => fs.readFileSync(file, 'utf8'))
        .join('\n'),
    crash: end,
    stop: async () => {
      await end();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeCluster(data: string, folder: string, owner: Owner): void {
  const options = ['--no-defaults', '--skip-test-db', '--auth-root-authentication-method=normal'];
  execFileSync('mariadb-install-db', [...options, `--datadir=${data}`], { ...owner, env, cwd: folder, stdio: 'pipe' });
  fs.writeFileSync(
    path.join(folder, 'start.sql'),
    `GRANT ALL ON *.* TO '${admin.username}'@'%' IDENTIFIED BY '${admin.password}' WITH GRANT OPTION;\n`,
  );
  if (owner.uid !== undefined) fs.chownSync(path.join(folder, 'start.sql'), owner.uid, owner.gid!);
}

/** A file that the server may read. */
function copyFor({ uid, gid }: Owner, file: string, folder: string): string {
  const copy = path.join(folder, path.basename(file));
  fs.copyFileSync(file, copy);
  if (uid !== undefined) fs.chownSync(copy, uid, gid!);
  return copy;
}

/** Debian's `mysql`, where the tests run as root. */
function mysqlUser(): Owner {
  if (!isRoot) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'mysql'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
