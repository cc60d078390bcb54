import { expect, test } from 'vitest';
import { algorithmsOf, type KeySpec, specs, unsupportedSpecs } from '../../../src/vault/kms/specs.ts';
import { openKms, refusal } from './service.ts';

const kinds = Object.entries(specs).flatMap(([spec, { usages }]) =>
  usages.map((usage) => ({ KeySpec: spec as KeySpec, KeyUsage: usage })),
);

test.each(kinds)('a key $KeySpec for $KeyUsage is made, described and whole', async ({ KeySpec, KeyUsage }) => {
  const { kms, vault } = await openKms();
  const { KeyMetadata } = await kms.createKey({ KeySpec, KeyUsage });
  expect(KeyMetadata).toMatchObject({
    ...{ KeySpec, KeyUsage, CustomerMasterKeySpec: KeySpec },
    ...{ KeyState: 'Enabled', Origin: 'AWS_KMS', MultiRegion: false },
    ...algorithmsOf(KeySpec, KeyUsage),
  });
  expect(await kms.describeKey({ KeyId: KeyMetadata!.KeyId! })).toEqual({ KeyMetadata });
  expect(await vault.verify()).toEqual([]);
});

test.each(unsupportedSpecs)('a key %s is said to be unsupported', async (spec) => {
  const { kms } = await openKms();
  const answer = kms.createKey({ KeySpec: spec as KeySpec, KeyUsage: 'SIGN_VERIFY' });
  expect(await refusal(answer)).toBe(`UnsupportedOperationException: KeySpec ${spec} is not supported in the vault`);
});

test('a key is made while others are answered', async () => {
  const { kms, KeyId } = await openKms();
  const order: string[] = [];
  const slow = kms.createKey({ KeySpec: 'RSA_4096', KeyUsage: 'SIGN_VERIFY' }).then(() => order.push('key'));
  for (let count = 0; count < 3; count++) await kms.describeKey({ KeyId }).then(() => order.push('answer'));
  await slow;
  expect(order).toEqual(['answer', 'answer', 'answer', 'key']);
});

test('a key that waits for its material cannot be used', async () => {
  const { kms, vault } = await openKms();
  const { KeyMetadata } = await kms.createKey({ Origin: 'EXTERNAL' });
  expect(KeyMetadata).toMatchObject({ KeyState: 'PendingImport', Origin: 'EXTERNAL', Enabled: false });
  expect(KeyMetadata!.CurrentKeyMaterialId).toBeUndefined();
  const { Arn, KeyId } = KeyMetadata!;
  expect(await refusal(kms.encrypt({ KeyId, Plaintext: Buffer.from('x') }))).toBe(
    `KMSInvalidStateException: ${Arn} is pending import.`,
  );
  expect(await vault.verify()).toEqual([]);
});

test('a key of another kind does not encrypt', async () => {
  const { kms } = await openKms();
  const { KeyMetadata } = await kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  const { Arn, KeyId } = KeyMetadata!;
  expect(await refusal(kms.encrypt({ KeyId, Plaintext: Buffer.from('x') }))).toBe(
    `InvalidKeyUsageException: ${Arn} key usage is SIGN_VERIFY which is not valid for Encrypt.`,
  );
});
