import { expect, test } from 'vitest';
import { createGrant } from '../../../src/vault/kms/create-grant.ts';
import { createKey } from '../../../src/vault/kms/create-key.ts';
import { kmsSchema } from '../../../src/vault/kms/rows.ts';
import { problems } from '../../../src/vault/kms/verify.ts';
import { openRooms } from '../room.ts';
import { account, region } from '../service.ts';

/** A key with a grant in a database of their own, and the words for what is wrong with them. */
async function withGrant() {
  const { database, callIn } = openRooms(kmsSchema);
  const made = await createKey.prepare!({});
  const { KeyMetadata } = createKey.run(callIn(region), {}, made) as { KeyMetadata: { KeyId: string } };
  const grant = {
    KeyId: KeyMetadata.KeyId,
    GranteePrincipal: `arn:aws:iam::${account}:root`,
    Operations: ['Decrypt'],
    Constraints: { EncryptionContextEquals: { a: 'b' } },
  };
  const grantOnce = () => createGrant.run(callIn(region), grant);
  grantOnce();
  return { database, grantOnce, found: () => [...problems(database, (where) => callIn(where))] };
}

test.each([
  ['a sound vault', 'SELECT 1', []],
  [
    'a grant whose key is gone',
    'DELETE FROM kms_keys; DELETE FROM kms_materials',
    [/^grant "[0-9a-f]{64}" in eu-west-1 belongs to key ".{36}", which is not there$/],
  ],
  [
    'operations of a grant',
    "UPDATE kms_grants SET operations = '{'",
    [/^key ".{36}" in eu-west-1: what grant [0-9a-f]{64} allows cannot be read$/],
  ],
  [
    'operations that are no list',
    "UPDATE kms_grants SET operations = '{}'",
    [/^key ".{36}" in eu-west-1: what grant [0-9a-f]{64} allows cannot be read$/],
  ],
  [
    'constraints of a grant',
    "UPDATE kms_grants SET constraints = '{'",
    [/^key ".{36}" in eu-west-1: what grant [0-9a-f]{64} allows cannot be read$/],
  ],
])('%s', async (_case, sql, expected) => {
  const { database, found } = await withGrant();
  database.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
  expect(found()).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
});

test('a key has 50,000 grants at most', async () => {
  const { database, grantOnce } = await withGrant();
  const copies = (count: number) => `
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO kms_grants SELECT account, region, key_id, i, name, grantee, retiring, issuer, operations, constraints, created
    FROM kms_grants, n`;
  database.exec(copies(49_998));
  grantOnce();
  expect(grantOnce).toThrow(expect.objectContaining({ type: 'LimitExceededException' }));
});
