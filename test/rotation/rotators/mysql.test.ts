import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leavesUnchanged, type Rotator } from '../../../src/rotation/rotator.ts';
import { databaseRotator } from '../../../src/rotation/rotators/database.ts';
import { literal } from '../../../src/rotation/rotators/sql.ts';
import type { Database } from '../../helpers/database.ts';
import { mariadbIsInstalled, startMariadb } from '../../helpers/mariadb.ts';
import { given, passwordOf, secretFor, usernameOf, versions } from '../../helpers/rotating.ts';

/** How a server reads the strings that it is sent. */
const modes = { 'as installed': [], 'without backslashes': ['--sql-mode=NO_BACKSLASH_ESCAPES,ANSI_QUOTES'] };

describe.skipIf(!mariadbIsInstalled).each(Object.entries(modes))('MariaDB, %s', (_name, options) => {
  let database: Database;
  let rotator: Rotator;
  beforeAll(async () => {
    database = await startMariadb({ options });
    await database.query('CREATE DATABASE shop');
    rotator = await databaseRotator(secretFor(database, 'nobody', 'x'));
  }, 60_000);
  afterAll(() => database?.stop());

  const makeUser = async (name: string, password: string) => {
    await database.query(`CREATE USER ${literal(name)} IDENTIFIED BY ${literal(password)}`);
    return secretFor(database, name, password);
  };
  const pendingOf = async (current: string) => (await rotator.create({ id: 'current', value: current }, given()))!;
  const logsIn = (value: string) => database.logIn(usernameOf(value), passwordOf(value));

  it('changes the password, and the old one is no longer good', async () => {
    const current = await makeUser('app', 'the first password');
    const pending = await pendingOf(current);
    await expect(rotator.test({ id: 'pending', value: pending }, given())).rejects.toMatchObject({ code: 'denied' });
    await rotator.set(versions(current, pending), given());
    await rotator.set(versions(current, pending), given());
    await rotator.test({ id: 'pending', value: pending }, given());
    await logsIn(pending);
    await expect(logsIn(current)).rejects.toThrow('Access denied');
  });

  it("takes the previous password where the current one isn't good", async () => {
    const previous = await makeUser('behind', 'still good');
    const current = secretFor(database, 'behind', 'never set');
    const pending = await pendingOf(current);
    await rotator.set(versions(current, pending, previous), given());
    await logsIn(pending);
  });

  it.each(["it's", 'back\\slash', "\\'", '"; DROP', 'pässwörd', 'emoji 🔑', '%', '`'])(
    'sets a password that others made: %s',
    async (password) => {
      const name = `u${Buffer.from(password).toString('hex')}`;
      const current = await makeUser(name, 'the first password');
      const pending = secretFor(database, name, password);
      await rotator.set(versions(current, pending), given());
      await rotator.test({ id: 'pending', value: pending }, given());
    },
  );

  it('changes the account that logged in, of those with one name', async () => {
    await database.query("CREATE USER many@'10.%' IDENTIFIED BY 'elsewhere'");
    const current = await makeUser('many', 'the first password');
    const pending = await pendingOf(current);
    const hashOf = async () =>
      (await database.query("SELECT authentication_string FROM mysql.user WHERE user = 'many' AND host = '10.%'"))[0];
    const before = await hashOf();
    await rotator.set(versions(current, pending), given());
    await logsIn(pending);
    expect(await hashOf()).toEqual(before);
  });

  it('says so where the database of the secret is not there', async () => {
    const current = await makeUser('lost', 'the first password');
    const elsewhere = JSON.stringify({ ...JSON.parse(current), dbname: 'nowhere' });
    await expect(rotator.test({ id: 'x', value: elsewhere }, given())).rejects.toMatchObject({ code: 'denied' });
  });

  it('says so where no version logs in, and that nothing was changed', async () => {
    const current = secretFor(database, 'stranger', 'a password of nobody');
    const error = await rotator
      .set(versions(current, await pendingOf(current)), given())
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'denied', message: 'no version of the secret logs in as "stranger"' });
    expect(leavesUnchanged(error)).toBe(true);
  });

  it('lets no log have a password, though every statement is logged', async () => {
    const current = await makeUser('logged', 'known to the log of this test');
    const pending = await pendingOf(current);
    await rotator.set(versions(current, pending), given());
    expect(database.log()).toContain('SET PASSWORD');
    expect(database.log()).not.toContain(passwordOf(pending));
  });
});

describe.skipIf(!mariadbIsInstalled)('MariaDB with accounts of other plugins', () => {
  let database: Database;
  beforeAll(async () => {
    database = await startMariadb({ options: ['--plugin-load-add=auth_ed25519'] });
  }, 60_000);
  afterAll(() => database?.stop());

  it('keeps the other ways in of an account that has several', async () => {
    await database.query("CREATE USER app IDENTIFIED VIA mysql_native_password USING PASSWORD('first') OR unix_socket");
    const current = secretFor(database, 'app', 'first');
    const rotator = await databaseRotator(current);
    const pending = (await rotator.create({ id: 'current', value: current }, given()))!;
    await rotator.set(versions(current, pending), given());
    await database.logIn('app', passwordOf(pending));
    const [made] = await database.query('SHOW CREATE USER app');
    expect(String(Object.values(made!)[0])).toContain('OR unix_socket');
  });

  it('leaves one alone whose plugin it does not speak', async () => {
    await database.query("CREATE USER edward IDENTIFIED VIA ed25519 USING PASSWORD('first')");
    const current = secretFor(database, 'edward', 'first');
    const rotator = await databaseRotator(current);
    const pending = (await rotator.create({ id: 'current', value: current }, given()))!;
    const error = await rotator.set(versions(current, pending), given()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'denied', message: expect.stringContaining('client_ed25519') });
    expect(leavesUnchanged(error)).toBe(true);
  });
});

describe.skipIf(!mariadbIsInstalled)('MariaDB with a policy that wants to see each password', () => {
  let database: Database;
  beforeAll(async () => {
    database = await startMariadb({ options: ['--plugin-load-add=simple_password_check'] });
  }, 60_000);
  afterAll(() => database?.stop());

  it('is sent none: the server would log it', async () => {
    await database.query("CREATE USER app IDENTIFIED BY 'The 1st password!'");
    const current = secretFor(database, 'app', 'The 1st password!');
    const rotator = await databaseRotator(current);
    const pending = (await rotator.create({ id: 'current', value: current }, given()))!;
    const error = await rotator.set(versions(current, pending), given()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'denied', message: expect.stringContaining('a policy wants to see') });
    expect(leavesUnchanged(error)).toBe(true);
    await database.logIn('app', 'The 1st password!');
    expect(await rotator.policy!({ id: 'current', value: current }, given())).toContainEqual({
      ...{ name: 'strict_password_validation', value: 'ON', from: 'the server' },
    });
    await database.query('SET GLOBAL strict_password_validation = OFF');
    await rotator.set(versions(current, pending), given());
    await database.logIn('app', passwordOf(pending));
    expect(database.log()).not.toContain(passwordOf(pending));
  });
});
