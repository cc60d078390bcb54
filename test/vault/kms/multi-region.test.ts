import { randomBytes } from 'node:crypto';
import type { KMS } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { createVault } from '../../../src/vault/vault.ts';
import { day, rootSecret } from '../service.ts';
import { importInto } from './importing.ts';
import { account, keyArn, openKms, otherRegion, refusal, region } from './service.ts';

const thirdRegion = 'ap-southeast-2';
const own = { Region: region };

/** A multi-Region key, replicated into another Region unless it is to be left alone. */
async function openRelated(input: Parameters<KMS['createKey']>[0] = {}, replicas = [otherRegion]) {
  const service = await openKms();
  const { kms, kmsIn } = service;
  const { KeyMetadata } = await kms.createKey({ MultiRegion: true, ...input });
  const KeyId = KeyMetadata!.KeyId!;
  for (const ReplicaRegion of replicas) await kms.replicateKey({ KeyId, ReplicaRegion });
  const there = kmsIn({ region: otherRegion });
  const describe = async (one: KMS = kms) => (await one.describeKey({ KeyId })).KeyMetadata!;
  return {
    ...service,
    KeyId,
    Arn: keyArn(KeyId),
    thereArn: keyArn(KeyId, otherRegion),
    there,
    describe,
    alone: service.KeyId,
  };
}

const read = async (kms: KMS, CiphertextBlob: Uint8Array) =>
  Buffer.from((await kms.decrypt({ CiphertextBlob })).Plaintext!).toString();

test('a primary key is described with its replicas, in every Region', async () => {
  const { kms, KeyId, Arn, thereArn, there, describe, vault } = await openRelated({}, []);
  expect(KeyId).toMatch(/^mrk-[0-9a-f]{32}$/);
  const PrimaryKey = { Arn, ...own };
  expect(await describe()).toMatchObject({
    MultiRegion: true,
    MultiRegionConfiguration: { MultiRegionKeyType: 'PRIMARY', PrimaryKey, ReplicaKeys: [] },
  });
  const Tags = [{ TagKey: 'a', TagValue: 'b' }];
  const answer = await kms.replicateKey({ KeyId, ReplicaRegion: otherRegion, Description: 'there', Tags });
  const ReplicaKeys = [{ Arn: thereArn, Region: otherRegion }];
  expect(answer).toMatchObject({
    ReplicaKeyMetadata: {
      ...{ KeyId, Arn: thereArn, Description: 'there', KeyState: 'Enabled', MultiRegion: true },
      MultiRegionConfiguration: { MultiRegionKeyType: 'REPLICA', PrimaryKey, ReplicaKeys },
    },
    ReplicaPolicy: expect.stringContaining('kms:*'),
    ReplicaTags: Tags,
  });
  expect(await describe(there)).toEqual(answer.ReplicaKeyMetadata);
  expect((await describe()).MultiRegionConfiguration).toEqual({
    ...{ MultiRegionKeyType: 'PRIMARY', PrimaryKey, ReplicaKeys },
  });
  expect(await vault.verify()).toEqual([]);
});

test('what one encrypts, every other decrypts, and both re-encrypt', async () => {
  const { kms, kmsIn, KeyId, there, describe } = await openRelated();
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('here') });
  await kms.rotateKeyOnDemand({ KeyId });
  const { CiphertextBlob: second } = await there.encrypt({ KeyId, Plaintext: Buffer.from('there') });
  await kms.replicateKey({ KeyId, ReplicaRegion: thirdRegion });
  const third = kmsIn({ region: thirdRegion });
  expect((await describe(third)).CurrentKeyMaterialId).toBe((await describe()).CurrentKeyMaterialId);
  for (const one of [kms, there, third]) {
    expect(await read(one, CiphertextBlob!)).toBe('here');
    expect(await read(one, second!)).toBe('there');
  }
  expect(await refusal(kmsIn({ region: 'us-west-1' }).decrypt({ CiphertextBlob }))).toMatch(/^AccessDeniedException/);
});

test('the rest of a replica is its own', async () => {
  const { kms, KeyId, there, describe } = await openRelated({ Description: 'here' });
  await there.disableKey({ KeyId });
  await there.tagResource({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] });
  await there.createAlias({ AliasName: 'alias/there', TargetKeyId: KeyId });
  expect(await describe()).toMatchObject({ KeyState: 'Enabled', Description: 'here' });
  expect(await describe(there)).toMatchObject({ KeyState: 'Disabled', Description: '' });
  expect((await kms.listResourceTags({ KeyId })).Tags).toEqual([]);
  expect((await kms.listAliases({ KeyId })).Aliases).toEqual([]);
});

test.each([
  ['RSA_2048', 'SIGN_VERIFY'],
  ['HMAC_256', 'GENERATE_VERIFY_MAC'],
  ['ECC_NIST_P256', 'KEY_AGREEMENT'],
] as const)('a key %s for %s is replicated as it is', async (KeySpec, KeyUsage) => {
  const { vault, describe, there } = await openRelated({ KeySpec, KeyUsage });
  expect(await describe(there)).toMatchObject({ KeySpec, KeyUsage, KeyState: 'Enabled' });
  expect(await vault.verify()).toEqual([]);
});

test('what cannot be replicated, and where', async () => {
  const { kms, there, KeyId, thereArn, alone, Arn } = await openRelated();
  const ask = (of: KMS, key: string, ReplicaRegion: string) => refusal(of.replicateKey({ KeyId: key, ReplicaRegion }));
  const notPrimary = (arn: string) => `UnsupportedOperationException: ${arn} is not a multi-region primary key.`;
  expect(await ask(there, KeyId, thirdRegion)).toBe(notPrimary(thereArn));
  expect(await ask(kms, alone, thirdRegion)).toBe(notPrimary(keyArn(alone)));
  expect(await ask(kms, KeyId, otherRegion)).toBe(`AlreadyExistsException: Key '${thereArn}' already exists`);
  expect(await ask(kms, KeyId, region)).toBe(`AlreadyExistsException: Key '${Arn}' already exists`);
  expect(await ask(kms, KeyId, 'nowhere')).toMatch(/^ValidationException: .* 'replicaRegion' failed/);
  expect(await refusal(kms.replicateKey({ KeyId, ReplicaRegion: thirdRegion, Policy: '{}' }))).toMatch(
    /^MalformedPolicyDocumentException/,
  );
  await kms.disableKey({ KeyId });
  expect(await ask(kms, KeyId, thirdRegion)).toBe(`DisabledException: ${Arn} is disabled.`);
});

test('a primary rotates its replicas too, and has alone the say', async () => {
  const { kms, KeyId, thereArn, there, describe, now, wait, vault } = await openRelated();
  const { CiphertextBlob } = await there.encrypt({ KeyId, Plaintext: Buffer.from('old') });
  const from = now().getTime();
  const first = (await describe()).CurrentKeyMaterialId;
  await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
  expect(await there.getKeyRotationStatus({ KeyId })).toEqual({
    ...{ KeyId: thereArn, KeyRotationEnabled: true, RotationPeriodInDays: 90 },
    NextRotationDate: new Date(from + 90 * day),
  });
  wait(200 * day);
  const current = (await describe(there)).CurrentKeyMaterialId;
  expect(current).not.toBe(first);
  const { Rotations } = await there.listKeyRotations({ KeyId });
  expect(Rotations!.map(({ RotationDate }) => RotationDate!.getTime())).toEqual([90, 180].map((d) => from + d * day));
  const last = (await describe(there)).CurrentKeyMaterialId;
  expect((await describe()).CurrentKeyMaterialId).toBe(last);
  expect(await read(kms, CiphertextBlob!)).toBe('old');
  const notPrimary = `UnsupportedOperationException: ${thereArn} is not a multi-region primary key.`;
  expect(await refusal(there.enableKeyRotation({ KeyId }))).toBe(notPrimary);
  expect(await refusal(there.disableKeyRotation({ KeyId }))).toBe(notPrimary);
  expect(await refusal(there.rotateKeyOnDemand({ KeyId }))).toBe(notPrimary);
  await kms.disableKeyRotation({ KeyId });
  expect((await there.getKeyRotationStatus({ KeyId })).KeyRotationEnabled).toBe(false);
  expect(await vault.verify()).toEqual([]);
});

test('a replica of a disabled primary is not rotated', async () => {
  const { kms, KeyId, there, describe, wait } = await openRelated();
  await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
  const before = (await describe(there)).CurrentKeyMaterialId;
  await kms.disableKey({ KeyId });
  wait(100 * day);
  expect((await describe(there)).CurrentKeyMaterialId).toBe(before);
  await kms.enableKey({ KeyId });
  expect((await describe(there)).CurrentKeyMaterialId).not.toBe(before);
});

test('a replica becomes the primary', async () => {
  const { kms, KeyId, Arn, thereArn, there, describe, vault } = await openRelated({}, [otherRegion, thirdRegion]);
  await kms.enableKeyRotation({ KeyId });
  expect(await kms.updatePrimaryRegion({ KeyId, PrimaryRegion: otherRegion })).toEqual({});
  const shared = {
    PrimaryKey: { Arn: thereArn, Region: otherRegion },
    ReplicaKeys: [
      { Arn: keyArn(KeyId, thirdRegion), Region: thirdRegion },
      { Arn, ...own },
    ],
  };
  expect((await describe()).MultiRegionConfiguration).toEqual({ MultiRegionKeyType: 'REPLICA', ...shared });
  expect((await describe(there)).MultiRegionConfiguration).toEqual({ MultiRegionKeyType: 'PRIMARY', ...shared });
  await there.rotateKeyOnDemand({ KeyId });
  expect((await describe()).CurrentKeyMaterialId).toBe((await describe(there)).CurrentKeyMaterialId);
  expect(await refusal(kms.updatePrimaryRegion({ KeyId, PrimaryRegion: thirdRegion }))).toBe(
    `UnsupportedOperationException: ${Arn} is not a multi-region primary key.`,
  );
  expect(await vault.verify()).toEqual([]);
});

test('only a replica that is there, and may be used, becomes the primary', async () => {
  const { kms, KeyId, Arn, thereArn, there, alone } = await openRelated();
  const ask = (PrimaryRegion: string, key = KeyId) => refusal(kms.updatePrimaryRegion({ KeyId: key, PrimaryRegion }));
  expect(await ask(thirdRegion)).toBe(`NotFoundException: Key '${keyArn(KeyId, thirdRegion)}' does not exist`);
  expect(await ask(region)).toBe(`ValidationException: ${Arn} is already the primary key.`);
  expect(await ask(otherRegion, alone)).toBe(
    `UnsupportedOperationException: ${keyArn(alone)} is not a multi-region primary key.`,
  );
  await there.disableKey({ KeyId });
  expect(await ask(otherRegion)).toBe(`DisabledException: ${thereArn} is disabled.`);
  await there.scheduleKeyDeletion({ KeyId });
  expect(await ask(otherRegion)).toBe(`KMSInvalidStateException: ${thereArn} is pending deletion.`);
});

test('a primary waits for the deletion of its last replica, then its own time begins', async () => {
  const { kms, KeyId, Arn, there, describe, now, wait, vault } = await openRelated();
  const from = now().getTime();
  expect(await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 10 })).toEqual({
    ...{ KeyId: Arn, KeyState: 'PendingReplicaDeletion', PendingWindowInDays: 10 },
  });
  expect(await describe()).toMatchObject({ KeyState: 'PendingReplicaDeletion', PendingDeletionWindowInDays: 10 });
  const waiting = `KMSInvalidStateException: ${Arn} is pending replica deletion.`;
  expect(await refusal(kms.encrypt({ KeyId, Plaintext: Buffer.from('x') }))).toBe(waiting);
  expect(await refusal(kms.replicateKey({ KeyId, ReplicaRegion: thirdRegion }))).toBe(waiting);
  wait(100 * day);
  expect((await describe()).KeyState).toBe('PendingReplicaDeletion');
  await there.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  wait(8 * day);
  const DeletionDate = new Date(from + 117 * day);
  expect(await describe()).toMatchObject({ KeyState: 'PendingDeletion', DeletionDate });
  expect((await describe()).MultiRegionConfiguration!.ReplicaKeys).toEqual([]);
  expect(await describe()).toMatchObject({ KeyState: 'PendingDeletion', DeletionDate });
  expect(await vault.verify()).toEqual([]);
  wait(9 * day);
  expect(await refusal(describe())).toBe(`NotFoundException: Key '${Arn}' does not exist`);
});

test('the last replica counts, and all are gone when nobody has looked for long enough', async () => {
  const { kms, kmsIn, KeyId, Arn, there, describe, wait, vault } = await openRelated({}, [otherRegion, thirdRegion]);
  await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  await there.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  wait(40 * day);
  await there.createKey({});
  expect((await describe()).KeyState).toBe('PendingReplicaDeletion');
  await kmsIn({ region: thirdRegion }).scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  wait(14 * day);
  expect(await refusal(describe())).toBe(`NotFoundException: Key '${Arn}' does not exist`);
  expect(await vault.verify()).toEqual([]);
});

test('its time begins when the last replica is cleared away, too', async () => {
  const { kms, KeyId, there, describe, now, wait } = await openRelated();
  const from = now().getTime();
  await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 30 });
  await there.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  wait(20 * day);
  await there.createKey({});
  expect((await describe()).DeletionDate).toEqual(new Date(from + 37 * day));
});

test('the deletion of a primary is cancelled like any other', async () => {
  const { kms, KeyId, Arn, describe } = await openRelated();
  await kms.scheduleKeyDeletion({ KeyId });
  expect(await kms.cancelKeyDeletion({ KeyId })).toEqual({ KeyId: Arn });
  expect((await describe()).KeyState).toBe('Disabled');
  expect((await describe()).PendingDeletionWindowInDays).toBeUndefined();
});

test('a replica is deleted by itself, and can be made anew', async () => {
  const { kms, KeyId, there, describe, wait } = await openRelated();
  await there.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  expect((await describe()).KeyState).toBe('Enabled');
  wait(7 * day);
  expect((await describe()).MultiRegionConfiguration!.ReplicaKeys).toEqual([]);
  await kms.replicateKey({ KeyId, ReplicaRegion: otherRegion });
  expect((await describe(there)).KeyState).toBe('Enabled');
});

test('imported material is imported into each Region, the same', async () => {
  const { kms, KeyId, Arn, thereArn, there, describe, vault } = await openRelated({ Origin: 'EXTERNAL' });
  const [material, second] = [randomBytes(32), randomBytes(32)];
  expect(await refusal(importInto(there, KeyId, material))).toBe(
    `UnsupportedOperationException: ${thereArn} is not a multi-region primary key.`,
  );
  await importInto(kms, KeyId, material);
  expect((await describe(there)).KeyState).toBe('PendingImport');
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('kept') });
  await importInto(there, KeyId, material, { ImportType: 'EXISTING_KEY_MATERIAL' });
  expect(await read(there, CiphertextBlob!)).toBe('kept');

  const state = async (of: KMS) =>
    (await of.listKeyRotations({ KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' })).Rotations!.at(-1)!.KeyMaterialState;
  const { KeyMaterialId } = await importInto(kms, KeyId, second, { ImportType: 'NEW_KEY_MATERIAL' });
  expect([await state(kms), await state(there)]).toEqual(Array(2).fill('PENDING_MULTI_REGION_IMPORT_AND_ROTATION'));
  expect(await refusal(kms.rotateKeyOnDemand({ KeyId }))).toBe(
    `KMSInvalidStateException: No available key material pending rotation for the key: ${Arn}.`,
  );
  expect(await vault.verify()).toEqual([]);
  await importInto(there, KeyId, second);
  expect([await state(kms), await state(there)]).toEqual(['PENDING_ROTATION', 'PENDING_ROTATION']);
  await kms.rotateKeyOnDemand({ KeyId });
  expect([await state(kms), await state(there)]).toEqual(['CURRENT', 'CURRENT']);
  expect((await describe(there)).CurrentKeyMaterialId).toBe(KeyMaterialId);

  await there.deleteImportedKeyMaterial({ KeyId, KeyMaterialId });
  expect((await describe(there)).KeyState).toBe('PendingImport');
  expect(await read(kms, CiphertextBlob!)).toBe('kept');
  expect(await vault.verify()).toEqual([]);
});

test('what waits to be rotated to is forgotten everywhere with the primary, and here alone with a replica', async () => {
  const { kms, KeyId, there, describe } = await openRelated({ Origin: 'EXTERNAL' });
  const [material, second] = [randomBytes(32), randomBytes(32)];
  for (const one of [kms, there]) await importInto(one, KeyId, material);
  const { KeyMaterialId } = await importInto(kms, KeyId, second, { ImportType: 'NEW_KEY_MATERIAL' });
  await importInto(there, KeyId, second);
  const count = async (of: KMS) =>
    (await of.listKeyRotations({ KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' })).Rotations!.length;
  await there.deleteImportedKeyMaterial({ KeyId, KeyMaterialId });
  expect([await count(kms), await count(there), (await describe(there)).KeyState]).toEqual([2, 2, 'Enabled']);
  await kms.deleteImportedKeyMaterial({ KeyId, KeyMaterialId });
  expect([await count(kms), await count(there), (await describe()).KeyState]).toEqual([1, 1, 'Enabled']);
});

test('an export holds them all', async () => {
  const { kms, KeyId, vault } = await openRelated();
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('kept') });
  const other = await createVault({ file: ':memory:', secret: { key: randomBytes(32) }, account });
  (await other.openExport((await vault.exportLines()).join('\n'), async () => rootSecret)).run('refuse');
  expect(await other.verify()).toEqual([]);
  const input = { CiphertextBlob };
  const answer = await other.handle({ service: 'kms', operation: 'Decrypt', input, region: otherRegion });
  expect(answer).toMatchObject({ Plaintext: Buffer.from('kept') });
});
