import { expect, test } from 'vitest';
import { kmsSchema } from '../../../src/vault/kms/rows.ts';
import { createSecret } from '../../../src/vault/secretsmanager/create-secret.ts';
import { replicateSecretToRegions } from '../../../src/vault/secretsmanager/replicate-secret-to-regions.ts';
import { rotateSecret } from '../../../src/vault/secretsmanager/rotate-secret.ts';
import { secretsManagerSchema } from '../../../src/vault/secretsmanager/rows.ts';
import { problems } from '../../../src/vault/secretsmanager/verify.ts';
import { openRooms } from '../room.ts';
import { region, token } from '../service.ts';

const there = 'us-east-1';

/** Two secrets in a database of their own, and the words for what is wrong with them. */
function withSecrets() {
  const { database, callIn } = openRooms(kmsSchema, secretsManagerSchema);
  for (const Name of ['s0', 's1']) {
    createSecret.run(callIn(region), { Name, SecretString: `value of ${Name}`, ClientRequestToken: token() });
  }
  return { database, callIn, found: () => [...problems(database, (where) => callIn(where))] };
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

const here = /^secret "s0" in eu-west-1: /.source;
const gone = `UPDATE secrets SET primary_region = NULL WHERE region = '${there}'`;

/** One secret with a replica, in whose rotation a version has been begun. */
test.each([
  ['sound replicas', 'SELECT 1', []],
  [
    'a replica that is gone',
    `DELETE FROM secrets WHERE region = '${there}'`,
    [`${here}its replica in ${there} is not there$`, /^version/, /^version/],
  ],
  ['a replica that is none', gone, [`${here}its replica in ${there} is not there$`]],
  [
    'labels of a replica',
    `DELETE FROM secret_stages WHERE stage = 'AWSPENDING' AND secret LIKE '%${there}%'`,
    [`${here}its replica in ${there} has other versions$`],
  ],
  [
    'a primary that does not know',
    'DELETE FROM secret_replicas',
    [`${here}it has 0 replicas, and its primary Region is eu-west-1$`, `${there}: it is a replica of .* not know it$`],
  ],
  [
    'a primary that is gone',
    `DELETE FROM secrets WHERE region = '${region}'`,
    [/not know it$/, /^version/, /^version/, /^a replica in us-east-1 belongs to ".*:s0-.{6}", which is not there$/],
  ],
  [
    'rotation settings',
    `UPDATE secrets SET rotation = '{' WHERE region = '${region}'`,
    [`${here}its rotation settings cannot be read$`],
  ],
  [
    'a label without its version',
    "UPDATE secret_stages SET version_id = 'x' WHERE stage = 'AWSPENDING'",
    [`${here}AWSPENDING names version x, which is not there$`, 'AWSPENDING names version x'],
  ],
  [
    'a current version without a value',
    `UPDATE secret_versions SET secret_string = NULL WHERE secret LIKE '%${region}%'`,
    [`${here}its AWSCURRENT version has no value$`],
  ],
])('replicas: %s', (_case, sql, expected) => {
  const { database, callIn, found } = withSecrets();
  const SecretId = 's0';
  database.exec("DELETE FROM secrets WHERE name = 's1'");
  const RotationLambdaARN = 'arn:aws:lambda:eu-west-1:123456789012:function:rotate';
  rotateSecret.run(callIn(region), { SecretId, RotationLambdaARN, ClientRequestToken: token() });
  replicateSecretToRegions.run(callIn(region), { SecretId, AddReplicaRegions: [{ Region: there }] });
  database.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
  expect(found()).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
});
