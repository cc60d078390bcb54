import fs from 'node:fs';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '../../../src/vault/store/database.ts';
import { ask, create, createSecret, useFolder } from './folder.ts';

const drawn = vi.hoisted(() => [] as Buffer[]);

/** Keys are drawn here: the master key, key materials, data keys (and ids, which are no secret). */
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>();
  const randomBytes = (size: number) => {
    const bytes = crypto.randomBytes(size);
    if (size === 32) drawn.push(bytes);
    return bytes;
  };
  return { ...crypto, randomBytes };
});

const place = useFolder();
const text = (what: string) => `${what}-${'0123456789abcdefghij'.repeat(2)}`;
const values = {
  secret: text('secret'),
  replaced: text('replaced'),
  binary: text('binary'),
  string: text('string'),
  list: `${text('one')},${text('two')}`,
  secure: text('secure'),
  old: text('old'),
  plaintext: text('plaintext'),
};

/** A value as it is, in hexadecimal, and in base64 wherever it may begin. */
function* spellings(value: Buffer): Generator<Buffer> {
  yield value;
  yield Buffer.from(value.toString('hex'));
  yield Buffer.from(value.toString('hex').toUpperCase());
  yield Buffer.from(value.toString('utf16le'));
  for (const skipped of [0, 1, 2]) {
    const core = value.subarray(skipped, value.length - ((value.length - skipped) % 3));
    yield Buffer.from(core.toString('base64'));
    yield Buffer.from(core.toString('base64url'));
  }
}

async function fill() {
  const vault = await create(place.file);
  const { KeyMetadata } = await ask(vault, 'kms', 'CreateKey', {});
  const { KeyId } = KeyMetadata as { KeyId: string };
  await createSecret(vault, 'a', values.replaced);
  await ask(vault, 'secretsmanager', 'UpdateSecret', {
    SecretId: 'a',
    SecretString: values.secret,
    KmsKeyId: KeyId,
    ClientRequestToken: 'b'.repeat(32),
  });
  await ask(vault, 'secretsmanager', 'CreateSecret', {
    Name: 'b',
    SecretBinary: Buffer.from(values.binary),
    ClientRequestToken: 'c'.repeat(32),
  });
  const put = (Name: string, Value: string, Type: string) =>
    ask(vault, 'ssm', 'PutParameter', { Name, Value, Type, Overwrite: true });
  await put('string', values.old, 'String');
  await put('string', values.string, 'String');
  await put('list', values.list, 'StringList');
  await put('secure', values.secure, 'SecureString');
  await ask(vault, 'kms', 'Encrypt', { KeyId, Plaintext: Buffer.from(values.plaintext) });
  vault.close();
}

/** Touches every table, and reads the journal while it holds what was there before. */
function journalBytes(): Buffer {
  const database = openDatabase(place.file);
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[];
  const stop = new Error('leave all as it was');
  let journal = Buffer.alloc(0);
  try {
    database.transaction('write', () => {
      database.exec('PRAGMA defer_foreign_keys = ON');
      for (const { name } of tables) database.exec(`DELETE FROM ${name}`);
      journal = fs.readFileSync(`${place.file}-journal`);
      throw stop;
    });
  } catch (error) {
    if (error !== stop) throw error;
  }
  database.close();
  return journal;
}

test('no value and no key can be read from the vault file or its journal', async () => {
  drawn.length = 0;
  await fill();
  const files = { vault: fs.readFileSync(place.file), journal: journalBytes() };
  expect(files.journal.length).toBeGreaterThan(4096);
  for (const [file, bytes] of Object.entries(files)) {
    expect(bytes.includes('alias/aws/ssm'), `the ${file} is not what it was taken for`).toBe(true);
    for (const [what, value] of Object.entries(values)) {
      for (const spelling of spellings(Buffer.from(value))) {
        expect(bytes.includes(spelling), `${what} in the ${file}`).toBe(false);
      }
    }
  }
  const database = openDatabase(place.file);
  const ids = database.prepare('SELECT material_id FROM kms_materials').all() as { material_id: string }[];
  database.close();
  const keys = drawn.filter((bytes) => !ids.some(({ material_id }) => material_id === bytes.toString('hex')));
  expect(keys.length).toBe(drawn.length - ids.length);
  expect(keys.length).toBeGreaterThanOrEqual(1 + ids.length);
  for (const key of keys) {
    for (const spelling of spellings(key))
      expect(Object.values(files).some((file) => file.includes(spelling))).toBe(false);
  }
});
