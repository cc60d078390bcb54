import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { makeAuthority } from '../../helpers/authority.ts';
import type { Database } from '../../helpers/database.ts';
import { mariadbIsInstalled, startMariadb } from '../../helpers/mariadb.ts';
import { makePlace } from '../../helpers/play.ts';
import { postgresIsInstalled, startPostgres } from '../../helpers/postgres.ts';
import { passwordOf, secretFor, usernameOf } from '../../helpers/rotating.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

const servers = [
  {
    engine: 'postgres',
    installed: postgresIsInstalled,
    start: startPostgres,
    user: (name: string) => `CREATE USER ${name} PASSWORD 'the first password'`,
  },
  {
    engine: 'mariadb',
    installed: mariadbIsInstalled,
    start: startMariadb,
    user: (name: string) => `CREATE USER ${name} IDENTIFIED BY 'the first password'`,
  },
];

for (const { engine, installed, start, user } of servers) {
  describe.skipIf(!installed)(`a user of ${engine}, from the command line`, () => {
    const { place, environment, remove } = makePlace();
    let database: Database;
    beforeAll(async () => {
      const authority = makeAuthority(place, 'DNS:localhost');
      database = await start({ tls: authority });
      await latchkey(['vault', 'init']);
    }, 60_000);
    afterAll(async () => {
      await database?.stop();
      remove();
    });

    async function latchkey(argv: string[], stdin = '', answers: string[] = []) {
      const terminal = terminalForTests({ stdin, tty: answers.length > 0, answers });
      const exit = await run(argv, terminal, { ...environment, LATCHKEY_VAULT: '1' });
      return { exit, out: terminal.stdout, said: terminal.said };
    }
    const value = async (name: string) => (await latchkey(['secret', 'get', name])).out;
    const logsIn = async (name: string) => {
      const current = await value(name);
      await database.logIn(usernameOf(current), passwordOf(current));
      return usernameOf(current);
    };
    const rotate = (verb: string, name: string, ...more: string[]) =>
      latchkey(['rotate', verb, name, '--ca', path.join(place, 'ca.pem'), ...more]);

    it('is rotated by the commands of the README, tested and rolled back', async () => {
      await database.query(user('app'));
      const fields = { engine, host: 'localhost', port: String(database.port), username: 'app' };
      const given = Object.entries(fields).flatMap(([key, text]) => ['--field', `${key}=${text}`]);
      const create = ['secret', 'create', 'prod/db', '--template', 'database', ...given];
      expect(await latchkey(create, '', ['the first password'])).toMatchObject({ exit: 0 });
      const before = await value('prod/db');
      const { exit, out, said } = await rotate('now', 'prod/db');
      expect([exit, said]).toEqual([0, []]);
      expect(out).toMatch(/^[0-9a-f-]{36}\n$/);
      await logsIn('prod/db');
      expect(passwordOf(await value('prod/db'))).not.toBe(passwordOf(before));
      expect((await rotate('test', 'prod/db')).exit).toBe(0);
      expect((await rotate('rollback', 'prod/db')).exit).toBe(0);
      expect(await value('prod/db')).toBe(before);
      await logsIn('prod/db');
    });

    it('takes turns with another, with the administrator that is named', async () => {
      await database.query(user('other'));
      const { username, password } = database.admin;
      const at = { host: 'localhost' };
      await latchkey(['secret', 'create', 'prod/admin'], secretFor(database, username, password, at));
      const shape = secretFor(database, 'other', 'the first password', { ...at, masterarn: 'prod/admin' });
      await latchkey(['secret', 'create', 'prod/two'], shape);
      for (const name of ['other_clone', 'other', 'other_clone']) {
        const { exit, said } = await rotate('now', 'prod/two');
        expect([exit, said]).toEqual([0, []]);
        expect(await logsIn('prod/two')).toBe(name);
      }
      expect((await rotate('rollback', 'prod/two')).exit).toBe(0);
      expect(await logsIn('prod/two')).toBe('other');
    });

    it('lists what is asked of its password', async () => {
      const { exit, out } = await rotate('policy', 'prod/db', '--query', "[?Rule=='length'].Value");
      expect([exit, JSON.parse(out)]).toEqual([0, ['32']]);
    });

    it('stays as it is where the certificate is not trusted, and a run after that is whole', async () => {
      const before = await value('prod/db');
      const { exit, said } = await latchkey(['rotate', 'now', 'prod/db']);
      expect(exit).toBe(6);
      expect(said.join('\n')).toContain('--ca FILE');
      expect(await value('prod/db')).toBe(before);
      expect((await rotate('now', 'prod/db')).exit).toBe(0);
      await logsIn('prod/db');
    });

    it('has its new passwords in no log of the server', async () => {
      const log = database.log();
      for (const name of ['prod/db', 'prod/two']) expect(log).not.toContain(passwordOf(await value(name)));
    });

    it('is refused where its engine is one that nobody speaks to, with the way out', async () => {
      fs.writeFileSync(path.join(place, 'oracle.json'), JSON.stringify({ engine: 'oracle', host: 'h', username: 'u' }));
      await latchkey(['secret', 'create', 'prod/oracle', '--value-file', path.join(place, 'oracle.json')]);
      const { exit, said } = await rotate('now', 'prod/oracle');
      expect(exit).toBe(2);
      expect(said[0]).toBe('latchkey: error: no rotator speaks to the engine "oracle"');
      expect(said.at(-1)).toContain('-- COMMAND');
    });
  });
}
