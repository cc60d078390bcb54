import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leavesUnchanged, type Rotator } from '../../../src/rotation/rotator.ts';
import { databaseRotator } from '../../../src/rotation/rotators/database.ts';
import type { Database } from '../../helpers/database.ts';
import { mariadbIsInstalled, startMariadb } from '../../helpers/mariadb.ts';
import { postgresIsInstalled, startPostgres } from '../../helpers/postgres.ts';
import { given, passwordOf, secretFor, usernameOf, versions } from '../../helpers/rotating.ts';

const servers = [
  {
    name: 'PostgreSQL',
    installed: postgresIsInstalled,
    start: startPostgres,
    user: (name: string, password: string) => `CREATE USER ${name} PASSWORD '${password}'`,
    prepare: ['CREATE TABLE orders (id int)', 'GRANT SELECT ON orders TO app'],
    read: 'SELECT * FROM orders',
    take: 'REVOKE app FROM app_clone',
    weak: "CREATE USER weak PASSWORD 'The weak password 1!'",
    dbname: 'postgres',
  },
  {
    name: 'MariaDB',
    installed: mariadbIsInstalled,
    start: startMariadb,
    user: (name: string, password: string) => `CREATE USER ${name} IDENTIFIED BY '${password}'`,
    prepare: ['CREATE DATABASE shop', 'CREATE TABLE shop.orders (id int)', 'GRANT SELECT ON shop.orders TO app'],
    read: 'SELECT * FROM shop.orders',
    take: 'REVOKE SELECT ON shop.orders FROM app_clone',
    weak: "CREATE USER weak IDENTIFIED BY 'The weak password 1!'",
    dbname: 'shop',
  },
];

for (const server of servers) {
  describe.skipIf(!server.installed)(`${server.name}, two users that take turns`, () => {
    let database: Database;
    let rotator: Rotator;
    let around: ReturnType<typeof given>;
    let current: string;
    beforeAll(async () => {
      database = await server.start();
      await database.query(server.user('app', 'the first password'));
      for (const statement of server.prepare) await database.query(statement);
      await database.query(server.weak);
      const { username, password } = database.admin;
      around = given({
        admin: secretFor(database, username, password),
        managed: JSON.stringify(database.admin),
        weak: secretFor(database, 'weak', 'The weak password 1!'),
        elsewhere: JSON.stringify({ ...JSON.parse(secretFor(database, username, password)), host: 'localhost' }),
        wrong: secretFor(database, username, 'not the password'),
      });
      current = secretFor(database, 'app', 'the first password', { masterarn: 'admin', dbname: server.dbname });
      rotator = await databaseRotator(current);
    }, 60_000);
    afterAll(() => database?.stop());

    const rotate = async (from: string) => {
      const pending = (await rotator.create({ id: 'current', value: from }, around))!;
      await rotator.set(versions(from, pending), around);
      await rotator.test({ id: 'pending', value: pending }, around);
      return pending;
    };
    const reads = (value: string) => database.queryAs(usernameOf(value), passwordOf(value), server.read);

    it('makes the other user, with the same rights, and leaves the first as it is', async () => {
      const second = await rotate(current);
      expect(usernameOf(second)).toBe('app_clone');
      expect(await reads(second)).toEqual([]);
      expect(await reads(current)).toEqual([]);
      const third = await rotate(second);
      expect(usernameOf(third)).toBe('app');
      expect(await reads(third)).toEqual([]);
      expect(await reads(second)).toEqual([]);
      await expect(reads(current)).rejects.toThrow();
      current = third;
    });

    it('gives rights again that an attempt before did not come to give', async () => {
      const pending = (await rotator.create({ id: 'current', value: current }, around))!;
      await rotator.set(versions(current, pending), around);
      await database.query(server.take);
      await rotator.set(versions(current, pending), around);
      expect(await reads(pending)).toEqual([]);
    });

    it("fills in an administrator's secret that RDS manages, which has a name and a password alone", async () => {
      const from = JSON.stringify({ ...JSON.parse(current), masterarn: 'managed' });
      expect(await reads(await rotate(from))).toEqual([]);
    });

    it.each([
      ['weak', 'denied'],
      ['wrong', 'denied'],
      ['elsewhere', 'conflict'],
    ])('says so where the administrator is %s, and the current user stays good', async (masterarn, code) => {
      const from = JSON.stringify({ ...JSON.parse(current), masterarn });
      const pending = (await rotator.create({ id: 'current', value: from }, around))!;
      const error = await rotator.set(versions(from, pending), around).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code });
      expect(leavesUnchanged(error)).toBe(true);
      expect(await reads(current)).toEqual([]);
    });

    it('refuses a pending value for a user that is not the other one', async () => {
      const pending = JSON.stringify({ ...JSON.parse(current), username: database.admin.username });
      await expect(rotator.set(versions(current, pending), around)).rejects.toMatchObject({ code: 'conflict' });
    });

    it('lets no log have a password, though every statement is logged', async () => {
      const pending = await rotate(current);
      expect(database.log()).toContain('app_clone');
      expect(database.log()).not.toContain(passwordOf(pending));
    });
  });
}

describe.skipIf(!postgresIsInstalled)('PostgreSQL, what the other role gets', () => {
  let database: Database;
  beforeAll(async () => {
    database = await startPostgres();
  }, 60_000);
  afterAll(() => database?.stop());

  it('is what the first one begins with, and owns what it makes', async () => {
    for (const statement of [
      'CREATE SCHEMA "of, app"',
      'CREATE ROLE "the app" LOGIN PASSWORD \'first\'',
      'GRANT ALL ON SCHEMA "of, app" TO "the app"',
      'ALTER ROLE "the app" SET search_path = "of, app", "$user", public',
      "ALTER ROLE \"the app\" IN DATABASE postgres SET application_name = 'it''s'",
      "CREATE ROLE maker LOGIN CREATEROLE PASSWORD 'maker'",
      'GRANT "the app" TO maker WITH ADMIN OPTION',
      'ALTER ROLE "the app" SET log_statement = \'all\'',
    ]) {
      await database.query(statement);
    }
    const around = given({ admin: secretFor(database, 'maker', 'maker') });
    const current = secretFor(database, 'the app', 'first', { masterarn: 'admin' });
    const rotator = await databaseRotator(current);
    const pending = (await rotator.create({ id: 'current', value: current }, around))!;
    await rotator.set(versions(current, pending), around);
    const asOther = (sql: string) => database.queryAs('the app_clone', passwordOf(pending), sql);
    expect(await asOther('SHOW search_path')).toEqual([{ search_path: '"of, app", "$user", public' }]);
    expect(await asOther('SHOW application_name')).toEqual([{ application_name: "it's" }]);
    expect(await asOther('SELECT current_user, session_user')).toEqual([
      { current_user: 'the app', session_user: 'the app_clone' },
    ]);
    await asOther('CREATE TABLE made (id int)');
    expect(await database.query("SELECT tableowner FROM pg_tables WHERE tablename = 'made'")).toEqual([
      { tableowner: 'the app' },
    ]);
  });

  it('is nothing where the administrator may not grant it: no half-made role is left', async () => {
    await database.query("CREATE ROLE other LOGIN PASSWORD 'other'");
    await database.query("CREATE ROLE stranger LOGIN CREATEROLE PASSWORD 'stranger'");
    const around = given({ admin: secretFor(database, 'stranger', 'stranger') });
    const current = secretFor(database, 'other', 'other', { masterarn: 'admin' });
    const rotator = await databaseRotator(current);
    const pending = (await rotator.create({ id: 'current', value: current }, around))!;
    await expect(rotator.set(versions(current, pending), around)).rejects.toMatchObject({
      code: 'denied',
      message: expect.stringContaining('permission denied to grant role "other"'),
    });
    expect(await database.query("SELECT FROM pg_roles WHERE rolname = 'other_clone'")).toEqual([]);
  });
});

describe.skipIf(!mariadbIsInstalled)('MariaDB, what the other account gets', () => {
  let database: Database;
  beforeAll(async () => {
    database = await startMariadb();
  }, 60_000);
  afterAll(() => database?.stop());

  it('is everything that the first one has, and its limits', async () => {
    for (const statement of [
      'CREATE DATABASE `a``b`',
      'CREATE DATABASE shop',
      'CREATE TABLE shop.orders (id int, name text)',
      'CREATE ROLE reader',
      'GRANT SELECT ON `a``b`.* TO reader',
      "CREATE USER 'o`neil'@'127.%' IDENTIFIED BY 'first' WITH MAX_USER_CONNECTIONS 7",
      "GRANT reader TO 'o`neil'@'127.%'",
      "SET DEFAULT ROLE reader FOR 'o`neil'@'127.%'",
      "GRANT PROCESS ON *.* TO 'o`neil'@'127.%'",
      "GRANT INSERT, UPDATE (name) ON shop.orders TO 'o`neil'@'127.%' WITH GRANT OPTION",
    ]) {
      await database.query(statement);
    }
    const { username, password } = database.admin;
    const around = given({ admin: secretFor(database, username, password) });
    const current = secretFor(database, 'o`neil', 'first', { masterarn: 'admin' });
    const rotator = await databaseRotator(current);
    const pending = (await rotator.create({ id: 'current', value: current }, around))!;
    await rotator.set(versions(current, pending), around);
    await rotator.test({ id: 'pending', value: pending }, around);
    const grantsOf = async (name: string) => {
      const rows = await database.query(`SHOW GRANTS FOR '${name}'@'127.%'`);
      return rows.map((row) => String(Object.values(row)[0]).replace(/PASSWORD '[^']*'/, 'PASSWORD'));
    };
    const first = await grantsOf('o`neil');
    expect(first).toHaveLength(4);
    expect(await grantsOf('o`neil_clone')).toEqual(first.map((grant) => grant.replace('o``neil', 'o``neil_clone')));
  });
});
