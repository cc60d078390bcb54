import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { addMaterial } from '../../../src/vault/kms/key-material.ts';
import { kmsSchema } from '../../../src/vault/kms/rows.ts';
import { problems } from '../../../src/vault/kms/verify.ts';
import { openRooms } from '../room.ts';
import { account, keyArn, noKeyId, otherRegion, region } from './service.ts';

/** The kms room alone, and its keys to hand out. */
function withKeys() {
  const { database, callIn } = openRooms(kmsSchema);
  return {
    database,
    callIn,
    keys: callIn(region).keys,
    found: () => [...problems(database, (where) => callIn(where))],
  };
}

const binding = [account, region, 'secret', 'prod/db', 'version', 'secret_string'];
const value = Buffer.from('a value');

test('a service without a key of its own seals under its managed key, which appears', () => {
  const { keys } = withKeys();
  const arn = keys.resolve('ssm');
  expect(arn).toMatch(new RegExp(`^${keyArn('[0-9a-f-]{36}')}$`));
  expect(keys.resolve('ssm', 'alias/aws/ssm')).toBe(arn);
  expect(keys.resolve('secretsmanager', arn)).toBe(arn);
  expect(keys.resolve('secretsmanager')).not.toBe(arn);
  expect(keys.open(binding, keys.seal(arn, binding, value))).toEqual(value);
});

test('every value has a data key of its own', () => {
  const { keys } = withKeys();
  const arn = keys.resolve('ssm');
  const [first, second] = [keys.seal(arn, binding, value), keys.seal(arn, binding, value)];
  const wrappedLength = Buffer.from(first).readUInt16BE(1);
  const joined = Buffer.concat([first.subarray(0, 3 + wrappedLength), second.subarray(3 + wrappedLength)]);
  expect(() => keys.open(binding, joined)).toThrow('does not open');
});

test.each(binding.map((part, index) => [part, index] as const))('what is sealed is bound to %s', (part, index) => {
  const { keys } = withKeys();
  const sealed = keys.seal(keys.resolve('ssm'), binding, value);
  expect(() => keys.open(binding.with(index, `${part}x`), sealed)).toThrow(
    expect.objectContaining({ name: 'VaultError', code: 'damaged' }),
  );
});

test('any changed, missing or added byte is damage', () => {
  const { keys } = withKeys();
  const sealed = Buffer.from(keys.seal(keys.resolve('ssm'), binding, value));
  const damaged = expect.objectContaining({ name: 'VaultError', code: 'damaged' });
  for (let index = 0; index < sealed.length; index++) {
    const changed = Buffer.from(sealed);
    changed[index]! ^= 1 << (index % 8);
    expect(() => keys.open(binding, changed)).toThrow(damaged);
    expect(() => keys.open(binding, sealed.subarray(0, index))).toThrow(damaged);
  }
  expect(() => keys.open(binding, Buffer.concat([sealed, value]))).toThrow(damaged);
});

test('a key that is not there, or is elsewhere', () => {
  const { keys, callIn } = withKeys();
  expect(() => keys.resolve('ssm', noKeyId)).toThrow(`Key '${keyArn(noKeyId)}' does not exist`);
  expect(() => keys.resolve('ssm', 'alias/none')).toThrow('alias/none is not found.');
  expect(() => keys.resolve('ssm', keyArn(noKeyId, otherRegion))).toThrow(`Invalid arn ${otherRegion}`);
  const sealed = keys.seal(keys.resolve('ssm'), binding, value);
  expect(() => callIn(otherRegion).keys.open(binding, sealed)).toThrow('does not exist in this region');
});

test.each([
  ['Disabled', 'DisabledException', 'is disabled.'],
  ['PendingDeletion', 'KMSInvalidStateException', 'is pending deletion.'],
])('a key that is %s', (state, name, said) => {
  const { keys, database } = withKeys();
  const arn = keys.resolve('ssm');
  const sealed = keys.seal(arn, binding, value);
  database.exec(`UPDATE kms_keys SET state = '${state}'`);
  const refused = expect.objectContaining({ name, message: `${arn} ${said}` });
  expect(() => keys.resolve('ssm')).toThrow(refused);
  expect(() => keys.seal(arn, binding, value)).toThrow(refused);
  expect(() => keys.open(binding, sealed)).toThrow(refused);
});

test('a key with a new material still opens what the old one sealed', () => {
  const { keys, database, callIn } = withKeys();
  const arn = keys.resolve('ssm');
  const sealed = keys.seal(arn, binding, value);
  const [keyId, materialId] = [arn.slice(-36), 'ab'.repeat(32)];
  addMaterial(callIn(region), keyId, { id: materialId, bytes: randomBytes(32) });
  database.exec(`UPDATE kms_keys SET material_id = '${materialId}'`);
  const resealed = keys.seal(arn, binding, value);
  expect([keys.open(binding, sealed), keys.open(binding, resealed)]).toEqual([value, value]);
});

test('a key that has lost a material does not open what it sealed', () => {
  const { keys, database, callIn } = withKeys();
  const sealed = keys.seal(keys.resolve('ssm'), binding, value);
  database.exec('DELETE FROM kms_materials');
  // Another process would not know the material from before.
  const later = callIn(region, { ...database });
  expect(() => later.keys.open(binding, sealed)).toThrow('does not open');
});

test.each([
  ['a sound vault', 'SELECT 1', []],
  ['tags', "UPDATE kms_keys SET tags = '{'", [/^key ".{36}" in eu-west-1: its tags cannot be read$/]],
  [
    'a material',
    'UPDATE kms_materials SET material = zeroblob(61)',
    [/has lost its material$/, /material \w{64} does not open$/],
  ],
  ['no material', 'DELETE FROM kms_materials', [/has lost its material$/]],
  ['an empty material', "UPDATE kms_materials SET material = x''", [/has lost its material$/]],
  [
    'a next material',
    "UPDATE kms_keys SET next_material_id = 'none'",
    [/the material of its next rotation is not there$/],
  ],
  ['no primary', "UPDATE kms_keys SET primary_region = 'eu-west-2'", [/its primary key in eu-west-2 is not there$/]],
  ['no key', 'DELETE FROM kms_keys', [/^alias "alias\/aws\/ssm" .*not there$/, /^key material "\w{64}" .*not there$/]],
])('verify finds %s', (_case, sql, expected) => {
  const { keys, database, found } = withKeys();
  keys.resolve('ssm');
  database.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
  expect(found()).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
});
