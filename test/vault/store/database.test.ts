import fs from 'node:fs';
import { expect, test } from 'vitest';
import { ApiError, VaultError } from '../../../src/vault/errors.ts';
import { openConnection } from '../../../src/vault/store/binding.ts';
import { createDatabase, openDatabase, statement } from '../../../src/vault/store/database.ts';
import { useFolder } from './folder.ts';

const place = useFolder();
const insert = statement('INSERT INTO t (a) VALUES (?)');
const count = statement<{ n: number }>('SELECT count(*) AS n FROM t');

function withTable() {
  const database = createDatabase(place.file);
  database.exec('CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT');
  return { database, rows: () => count.get(database)!.n };
}

test.each([
  new ApiError('ValidationException', 'no'),
  new VaultError('busy', 'no'),
  new TypeError('a mistake of ours'),
])('a transaction that ends with an error keeps nothing, and passes it on: %s', (error) => {
  const { database, rows } = withTable();
  const work = () => {
    insert.run(database, 1);
    throw error;
  };
  expect(() => database.transaction('write', work)).toThrow(error);
  expect(rows()).toBe(0);
  expect(database.transaction('write', () => insert.run(database, 1).changes)).toBe(1);
  expect(rows()).toBe(1);
  database.close();
});

test('writers wait for each other, readers see what is committed', () => {
  const { database, rows } = withTable();
  const other = openDatabase(place.file);
  database.transaction('write', () => {
    insert.run(database, 1);
    expect(other.transaction('read', () => count.get(other)!.n)).toBe(0);
    other.exec('PRAGMA busy_timeout = 1');
    const busy = expect.objectContaining({ name: 'VaultError', code: 'busy' });
    expect(() => other.transaction('write', () => insert.run(other, 2))).toThrow(busy);
  });
  other.transaction('write', () => insert.run(other, 2));
  expect(rows()).toBe(2);
  other.close();
  database.close();
});

/** Each way in which a statement is run says the same of an error: the packaged SQLite leaves its code out of some. */
test.each(['get', 'all', 'run'] as const)('a locked and a damaged file, met by .%s()', (how) => {
  const { database } = withTable();
  database.transaction('write', () => {
    for (let a = 0; a < 5000; a++) insert.run(database, a);
  });
  database.exec('PRAGMA busy_timeout = 1');
  const locking = openConnection(place.file);
  locking.exec('BEGIN EXCLUSIVE');
  const read = statement('SELECT sum(a) FROM t');
  const failing = (code: string) => expect.objectContaining({ name: 'VaultError', code });
  expect(() => read[how](database)).toThrow(failing('busy'));
  locking.exec('ROLLBACK');
  locking.close();
  database.close();
  const bytes = fs.readFileSync(place.file);
  fs.writeFileSync(place.file, bytes.fill(0xff, 4096));
  const again = openDatabase(place.file);
  expect(() => read[how](again)).toThrow(failing('damaged'));
  again.close();
});
