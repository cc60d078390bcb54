import { describe, expect, it } from 'vitest';
import { rotatorFor } from '../../../src/rotation/rotator-for.ts';
import { readDatabaseSecret, withKeys } from '../../../src/rotation/rotators/database-secret.ts';

const whole = {
  engine: 'postgres',
  host: 'db.example.com',
  port: 5433,
  username: 'app',
  password: 'p',
  dbname: 'shop',
};
const read = (keys: object) => readDatabaseSecret(JSON.stringify(keys));

it('with another password they are to the letter what they were: digits, order and white space', () => {
  const value = '{ "engine": "postgres", "account": 12345678901234567890, "1": 1.50, "password": "old" }';
  expect(withKeys(value, { password: 'n"w' })).toBe(value.replace('"old"', JSON.stringify('n"w')));
});

describe('credentials of a database', () => {
  it('are read by the keys that AWS documents', () => expect(read(whole)).toEqual(whole));

  it.each([
    ['postgres', 5432],
    ['aurora-postgresql', 5432],
    ['redshift', 5439],
    ['mysql', 3306],
    ['mariadb', 3306],
    ['aurora-mysql', 3306],
  ])('have the port of %s where they name none: %i', (engine, port) =>
    expect(read({ ...whole, engine, port: undefined })).toMatchObject({ port }),
  );

  it('may have a port that is written as text', () => expect(read({ ...whole, port: '6432' })?.port).toBe(6432));

  it.each(['plain text', '[]', 'null', '{"username":"app"}', '{"engine":5}'])('are something else than %s', (value) =>
    expect(readDatabaseSecret(value)).toBeUndefined(),
  );

  it.each([{ host: undefined }, { username: '' }, { password: 5 }, { port: 0 }, { port: 'x' }, { dbname: 7 }])(
    'are refused with %j, and the message has no password in it',
    (wrong) => {
      const key = Object.keys(wrong)[0]!;
      expect(() => read({ ...whole, password: 'not to be read', ...wrong })).toThrow(`"${key}"`);
      expect(() => read({ ...whole, password: 'not to be read', ...wrong })).not.toThrow('not to be read');
    },
  );

  it('keep their other keys, and the order of them', () =>
    expect(withKeys('{"z":1,"password":"old","a":null}', { password: 'new' })).toBe(
      '{"z":1,"password":"new","a":null}',
    ));
});

describe('the rotator of credentials', () => {
  const nameOf = async (keys: object, rotator?: string) =>
    (await rotatorFor(JSON.stringify({ ...whole, ...keys }), { rotator })).name;

  it.each([
    [{}, 'postgres'],
    [{ engine: 'redshift' }, 'postgres'],
    [{ engine: 'mariadb' }, 'mysql'],
    [{ masterarn: 'admin' }, 'postgres-alternating'],
    [{ engine: 'mysql', masterarn: 'admin' }, 'mysql-alternating'],
  ])('with %j is %s', async (keys, name) => expect(await nameOf(keys)).toBe(name));

  it('is the one that is named', async () => expect(await nameOf({ masterarn: 'admin' }, 'postgres')).toBe('postgres'));

  it.each(['oracle', 'sqlserver', 'db2', 'mongo'])('is none for %s, and the way out is said', (engine) =>
    expect(nameOf({ engine })).rejects.toMatchObject({
      code: 'usage',
      message: `no rotator speaks to the engine "${engine}"`,
      hints: expect.arrayContaining([expect.stringContaining('-- COMMAND')]),
    }),
  );

  it('is for its own engine only', () =>
    expect(nameOf({}, 'mysql')).rejects.toThrow('the rotator "mysql" is not for the engine "postgres"'));

  it('lets no two users take turns on Redshift', () =>
    expect(nameOf({ engine: 'redshift', masterarn: 'admin' })).rejects.toMatchObject({ code: 'usage' }));
});
