import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leavesUnchanged, type Rotator } from '../../../src/rotation/rotator.ts';
import { databaseRotator } from '../../../src/rotation/rotators/database.ts';
import type { Database } from '../../helpers/database.ts';
import { postgresIsInstalled, startPostgres } from '../../helpers/postgres.ts';
import { given, passwordOf, secretFor, usernameOf, versions } from '../../helpers/rotating.ts';

describe.skipIf(!postgresIsInstalled)('PostgreSQL', () => {
  let database: Database;
  let rotator: Rotator;
  beforeAll(async () => {
    database = await startPostgres();
    rotator = await databaseRotator(secretFor(database, 'nobody', 'x'));
  }, 60_000);
  afterAll(() => database?.stop());

  const makeUser = async (name: string, password: string, more = '') => {
    await database.query(`CREATE ROLE "${name.replaceAll('"', '""')}" LOGIN PASSWORD '${password}' ${more}`);
    return secretFor(database, name, password);
  };
  const pendingOf = async (current: string) => (await rotator.create({ id: 'current', value: current }, given()))!;
  const logsIn = (value: string) => database.logIn(usernameOf(value), passwordOf(value));

  it('makes a value that differs in its password only', async () => {
    const current = secretFor(database, 'app', 'old', { dbname: 'postgres', team: 'a', ports: [1, 2] });
    const pending = await pendingOf(current);
    expect({ ...JSON.parse(pending), password: 'old' }).toEqual(JSON.parse(current));
    expect(passwordOf(pending)).toHaveLength(32);
  });

  it('changes the password, and the old one is no longer good', async () => {
    const current = await makeUser('app', 'the first password');
    const pending = await pendingOf(current);
    await expect(rotator.test({ id: 'pending', value: pending }, given())).rejects.toMatchObject({ code: 'denied' });
    await rotator.set(versions(current, pending), given());
    await rotator.test({ id: 'pending', value: pending }, given());
    await logsIn(pending);
    await expect(logsIn(current)).rejects.toThrow('password authentication failed');
  });

  it('does nothing where it came that far before', async () => {
    const current = await makeUser('twice', 'the first password');
    const pending = await pendingOf(current);
    await rotator.set(versions(current, pending), given());
    await rotator.set(versions(current, pending), given());
    await logsIn(pending);
  });

  it('takes the previous password where the current one is not good', async () => {
    const previous = await makeUser('behind', 'still good');
    const current = secretFor(database, 'behind', 'never set');
    const pending = await pendingOf(current);
    await rotator.set(versions(current, pending, previous), given());
    await logsIn(pending);
  });

  it.each(['a "quoted" name', "o'neill", 'Großbuchstaben', 'back\\slash', '; DROP ROLE postgres'])(
    'changes the password of %s',
    async (name) => {
      const current = await makeUser(name, 'the first password');
      const pending = await pendingOf(current);
      await rotator.set(versions(current, pending), given());
      await logsIn(pending);
    },
  );

  it.each(["it's", 'back\\slash', '$$;', 'pässwörd', 'Ⅸ ª', 'emoji 🔑', '"', 'a\u00adb\u00a0c'])(
    'sets a password that others made: %s',
    async (password) => {
      const name = `given ${password}`;
      const current = await makeUser(name, 'the first password');
      const pending = secretFor(database, name, password);
      await rotator.set(versions(current, pending), given());
      await rotator.test({ id: 'pending', value: pending }, given());
    },
  );

  it('changes what may only read by default', async () => {
    const current = await makeUser('reader', 'the first password');
    await database.query('ALTER ROLE reader SET default_transaction_read_only = on');
    const pending = await pendingOf(current);
    await rotator.set(versions(current, pending), given());
    await logsIn(pending);
  });

  it('says so where the server takes no more connections, and that it may later', async () => {
    const current = await makeUser('crowded', 'the first password', 'CONNECTION LIMIT 0');
    const error = await rotator.test({ id: 'x', value: current }, given()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining('too many connections') });
  });

  it('changes what may act as another role by default', async () => {
    await database.query('CREATE ROLE owners');
    const current = await makeUser('acting', 'the first password', 'IN ROLE owners');
    await database.query('ALTER ROLE acting SET role = owners');
    const pending = await pendingOf(current);
    await rotator.set(versions(current, pending), given());
    await logsIn(pending);
  });

  it('refuses a pending value for another user or host, before anything is changed', async () => {
    const current = await makeUser('mine', 'the first password');
    for (const other of [{ username: 'postgres' }, { host: 'localhost' }, { port: 1 }]) {
      const pending = JSON.stringify({ ...JSON.parse(current), password: 'new', ...other });
      const error = await rotator.set(versions(current, pending), given()).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'conflict' });
      expect(leavesUnchanged(error)).toBe(true);
    }
    await logsIn(current);
  });

  it('says so where no version logs in, and that nothing was changed', async () => {
    const current = secretFor(database, 'stranger', 'a password of nobody');
    const pending = await pendingOf(current);
    const error = await rotator.set(versions(current, pending), given()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'denied', message: 'no version of the secret logs in as "stranger"' });
    expect(leavesUnchanged(error)).toBe(true);
  });

  it('says so where the server is down', async () => {
    const current = JSON.stringify({ ...JSON.parse(secretFor(database, 'a', 'b')), port: 1 });
    await expect(rotator.test({ id: 'x', value: current }, given())).rejects.toMatchObject({
      code: 'unreachable',
      message: '127.0.0.1:1 could not be reached: nobody answers',
    });
  });

  it('lets no log have a password, though every statement is logged', async () => {
    const current = await makeUser('logged', 'known to the log of this test');
    const pending = await pendingOf(current);
    await rotator.set(versions(current, pending), given());
    expect(database.log()).toContain('ALTER USER "logged" PASSWORD');
    expect(database.log()).not.toContain(passwordOf(pending));
  });

  it('lists what is asked of a password', async () => {
    const current = await makeUser('asking', 'the first password', "VALID UNTIL '2100-01-01'");
    const rules = await rotator.policy!({ id: 'current', value: current }, given());
    expect(rules).toContainEqual({ name: 'length', value: '32', from: 'latchkey' });
    expect(rules).toContainEqual({ name: 'password_encryption', value: 'scram-sha-256', from: 'the server' });
    expect(rules.find(({ name }) => name === 'valid until')?.value).toMatch(/^2100-01-01/);
  });

  it('stores MD5 where the server is set to it', async () => {
    const current = await makeUser('older', 'the first password');
    await database.query("ALTER ROLE older SET password_encryption = 'md5'");
    const pending = await pendingOf(current);
    await rotator.set(versions(current, pending), given());
    const [row] = await database.query("SELECT rolpassword FROM pg_authid WHERE rolname = 'older'");
    expect(row!.rolpassword).toMatch(/^md5[0-9a-f]{32}$/);
  });
});
