import { expect, test } from 'vitest';
import { kmsSchema } from '../../../src/vault/kms/rows.ts';
import { createSecret } from '../../../src/vault/secretsmanager/create-secret.ts';
import { secretsManagerSchema } from '../../../src/vault/secretsmanager/rows.ts';
import { problems } from '../../../src/vault/secretsmanager/verify.ts';
import { openRooms } from '../room.ts';
import { region, token } from '../service.ts';

/** Two secrets in a database of their own, and the words for what is wrong with them. */
function withSecrets() {
  const { database, callIn } = openRooms(kmsSchema, secretsManagerSchema);
  for (const Name of ['s0', 's1']) {
    createSecret.run(callIn(region), { Name, SecretString: `value of ${Name}`, ClientRequestToken: token() });
  }
  return { database, found: () => [...problems(database, (where) => callIn(where))] };
}

test.each([
  ['a sound vault', 'SELECT 1', []],
  ['tags', "UPDATE secrets SET tags = '{' WHERE name = 's0'", [/^secret "s0" in eu-west-1: its tags cannot be read$/]],
  [
    'a value',
    "UPDATE secret_versions SET secret_string = zeroblob(99) WHERE secret LIKE '%s1-______'",
    [/^secret "s1" in eu-west-1: version .{36} does not open$/],
  ],
  [
    'a version without its secret',
    "DELETE FROM secrets WHERE name = 's0'",
    [/^version .{36} belongs to "arn:.*:secret:s0-.{6}", which is not there$/],
  ],
  ['labels', 'DELETE FROM secret_stages', [/"s0" .*: none .* AWSCURRENT$/, /"s1" .*: none .* AWSCURRENT$/]],
  ['KMS keys', 'DELETE FROM kms_keys', [/^secret "s0" .* does not open$/, /^secret "s1" .* does not open$/]],
])('%s', (_case, sql, expected) => {
  const { database, found } = withSecrets();
  database.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
  expect(found()).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
});
