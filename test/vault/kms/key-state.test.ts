import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { day } from '../service.ts';
import { openKms, refusal } from './service.ts';

const plaintext = { Plaintext: Buffer.from('x') };

test('a disabled key neither encrypts nor decrypts until it is enabled again', async () => {
  const { kms, KeyId, Arn } = await openKms();
  const { CiphertextBlob } = await kms.encrypt({ KeyId, ...plaintext });
  expect(await kms.disableKey({ KeyId })).toEqual({});
  expect((await kms.describeKey({ KeyId })).KeyMetadata).toMatchObject({ KeyState: 'Disabled', Enabled: false });
  const disabled = `DisabledException: ${Arn} is disabled.`;
  expect(await refusal(kms.encrypt({ KeyId, ...plaintext }))).toBe(disabled);
  expect(await refusal(kms.decrypt({ CiphertextBlob }))).toBe(disabled);
  await kms.enableKey({ KeyId: Arn });
  expect(await refusal(kms.decrypt({ CiphertextBlob }))).toBe('no error');
});

test('a key waits for its deletion, then it is gone, with its aliases and all it has encrypted', async () => {
  const { kms, KeyId, Arn, now, wait, vault } = await openKms();
  const { CiphertextBlob } = await kms.encrypt({ KeyId, ...plaintext });
  const DeletionDate = new Date(now().getTime() + 7 * day);
  expect(await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 })).toEqual({
    ...{ KeyId: Arn, DeletionDate, KeyState: 'PendingDeletion', PendingWindowInDays: 7 },
  });
  expect((await kms.describeKey({ KeyId })).KeyMetadata).toMatchObject({
    KeyState: 'PendingDeletion',
    Enabled: false,
    DeletionDate,
  });
  wait(7 * day - 1);
  expect(await refusal(kms.describeKey({ KeyId: 'alias/mine' }))).toBe('no error');
  wait(1);
  expect((await kms.listKeys({})).Keys).toEqual([]);
  expect((await kms.listAliases({})).Aliases).toEqual([]);
  expect(await refusal(kms.describeKey({ KeyId }))).toBe(`NotFoundException: Key '${Arn}' does not exist`);
  expect(await refusal(kms.describeKey({ KeyId: 'alias/mine' }))).toMatch(/^NotFoundException: Alias/);
  expect(await refusal(kms.decrypt({ CiphertextBlob }))).toMatch(/^AccessDeniedException: The ciphertext refers to/);
  expect(await refusal(kms.cancelKeyDeletion({ KeyId }))).toMatch(/^NotFoundException/);
  expect(await vault.verify()).toEqual([]);
  const { KeyMetadata } = await kms.createKey({});
  expect(await refusal(kms.createAlias({ AliasName: 'alias/mine', TargetKeyId: KeyMetadata!.KeyId }))).toBe('no error');
});

test('what may be done with a key that waits for its deletion', async () => {
  const { kms, KeyId, Arn } = await openKms();
  await kms.scheduleKeyDeletion({ KeyId });
  const pending = `KMSInvalidStateException: ${Arn} is pending deletion.`;
  const refused = await Promise.all(
    [
      kms.encrypt({ KeyId, ...plaintext }),
      kms.enableKey({ KeyId }),
      kms.disableKey({ KeyId }),
      kms.scheduleKeyDeletion({ KeyId }),
      kms.updateKeyDescription({ KeyId, Description: 'x' }),
      kms.tagResource({ KeyId, Tags: [] }),
      kms.untagResource({ KeyId, TagKeys: [] }),
      kms.createAlias({ AliasName: 'alias/b', TargetKeyId: KeyId }),
      kms.enableKeyRotation({ KeyId }),
      kms.getKeyRotationStatus({ KeyId }),
      kms.rotateKeyOnDemand({ KeyId }),
    ].map(refusal),
  );
  expect(new Set(refused)).toEqual(new Set([pending]));
  const allowed = await Promise.all(
    [
      kms.getKeyPolicy({ KeyId }),
      kms.listKeyPolicies({ KeyId }),
      kms.listResourceTags({ KeyId }),
      kms.deleteAlias({ AliasName: 'alias/mine' }),
    ].map(refusal),
  );
  expect(new Set(allowed)).toEqual(new Set(['no error']));
  expect(await kms.cancelKeyDeletion({ KeyId })).toEqual({ KeyId: Arn });
  expect((await kms.describeKey({ KeyId })).KeyMetadata!.KeyState).toBe('Disabled');
  expect(await refusal(kms.cancelKeyDeletion({ KeyId }))).toBe(
    `KMSInvalidStateException: ${Arn} is not pending deletion.`,
  );
});

test.each([
  [6, /greater than or equal to 7$/],
  [7, /^no error$/],
  [30, /^no error$/],
  [31, /less than or equal to 30$/],
])('a window of %s days', async (PendingWindowInDays, expected) => {
  const { kms, KeyId } = await openKms();
  expect(await refusal(kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays }))).toMatch(expected);
});

test('a secret whose key is gone says so, and nothing is called damaged', async () => {
  const { kms, KeyId, wait, client } = await openKms();
  const secrets = client<SecretsManager>('secretsmanager');
  const ClientRequestToken = '00000000-0000-0000-0000-000000000001';
  await secrets.createSecret({ Name: 'a', SecretString: 'x', KmsKeyId: KeyId, ClientRequestToken });
  await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  expect(await refusal(secrets.getSecretValue({ SecretId: 'a' }))).toMatch(/^DecryptionFailure: .*pending deletion/);
  wait(7 * day);
  expect(await refusal(secrets.getSecretValue({ SecretId: 'a' }))).toBe(
    'AccessDeniedException: Access to KMS is not allowed',
  );
});

test('a description is changed', async () => {
  const { kms, KeyId } = await openKms();
  await kms.updateKeyDescription({ KeyId, Description: 'another' });
  expect((await kms.describeKey({ KeyId })).KeyMetadata!.Description).toBe('another');
  expect(await refusal(kms.updateKeyDescription({ KeyId, Description: 'a'.repeat(8192) }))).toBe('no error');
  expect(await refusal(kms.updateKeyDescription({ KeyId, Description: 'a'.repeat(8193) }))).toMatch(/equal to 8192$/);
});

test('the last use is kept, by the hour, and a dry run is none', async () => {
  const { kms, KeyId, now, wait } = await openKms();
  const created = now();
  const usage = async () => (await kms.getKeyLastUsage({ KeyId })).KeyLastUsage;
  expect(await kms.getKeyLastUsage({ KeyId })).toEqual({
    ...{ KeyId, KeyLastUsage: {}, TrackingStartDate: created, KeyCreationDate: created },
  });
  await refusal(kms.encrypt({ KeyId, ...plaintext, DryRun: true }));
  expect(await usage()).toEqual({});
  const { CiphertextBlob } = await kms.encrypt({ KeyId, ...plaintext });
  expect(await usage()).toEqual({ Operation: 'Encrypt', Timestamp: created });
  const later = wait(60 * 60 * 1000);
  await kms.decrypt({ CiphertextBlob });
  expect(await usage()).toEqual({ Operation: 'Decrypt', Timestamp: later });
});
