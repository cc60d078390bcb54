import { expect, test } from 'vitest';
import { day } from '../service.ts';
import { openKms, refusal } from './service.ts';

/** A key that is rotated each 90 days, and something it has encrypted. */
async function withRotation() {
  const service = await openKms();
  const { kms, KeyId } = service;
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('old') });
  await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
  const materialId = async () => (await kms.describeKey({ KeyId })).KeyMetadata!.CurrentKeyMaterialId!;
  const read = async () => Buffer.from((await kms.decrypt({ CiphertextBlob })).Plaintext!).toString();
  return { ...service, materialId, read, CiphertextBlob };
}

test('automatic rotation takes effect by the clock, and old ciphertext still opens', async () => {
  const { kms, KeyId, wait, materialId, read } = await withRotation();
  const first = await materialId();
  wait(90 * day - 1);
  expect(await materialId()).toBe(first);
  wait(1);
  const { KeyMaterialId } = await kms.generateDataKey({ KeyId, KeySpec: 'AES_256' });
  expect(KeyMaterialId).not.toBe(first);
  expect(await materialId()).toBe(KeyMaterialId);
  expect(await read()).toBe('old');
});

test('rotations that fell due while nobody looked have their own dates', async () => {
  const { kms, KeyId, Arn, now, wait, materialId, read } = await withRotation();
  const from = now().getTime();
  wait(280 * day);
  await materialId();
  const { Rotations, Truncated } = await kms.listKeyRotations({ KeyId });
  expect(Truncated).toBe(false);
  expect(Rotations!.map(({ RotationDate }) => RotationDate!.getTime())).toEqual(
    [90, 180, 270].map((days) => from + days * day),
  );
  expect(new Set(Rotations!.map(({ KeyMaterialId }) => KeyMaterialId)).size).toBe(3);
  expect(Rotations!.at(-1)).toMatchObject({
    ...{ KeyId: Arn, KeyMaterialId: await materialId() },
    ...{ KeyMaterialState: 'CURRENT', RotationType: 'AUTOMATIC' },
  });
  expect(await kms.getKeyRotationStatus({ KeyId })).toEqual({
    ...{ KeyId: Arn, KeyRotationEnabled: true, RotationPeriodInDays: 90 },
    NextRotationDate: new Date(from + 360 * day),
  });
  expect(await read()).toBe('old');
});

test('a new period counts from where the old one did; turning it off ends it', async () => {
  const { kms, KeyId, now, wait, materialId } = await withRotation();
  const from = now().getTime();
  wait(10 * day);
  await kms.enableKeyRotation({ KeyId });
  const status = await kms.getKeyRotationStatus({ KeyId });
  expect(status).toMatchObject({ RotationPeriodInDays: 365, NextRotationDate: new Date(from + 365 * day) });
  const before = await materialId();
  await kms.disableKeyRotation({ KeyId });
  wait(1000 * day);
  expect(await materialId()).toBe(before);
  expect((await kms.getKeyRotationStatus({ KeyId })).KeyRotationEnabled).toBe(false);
  expect((await kms.listKeyRotations({ KeyId })).Rotations).toEqual([]);
});

test('turning it off keeps what has fallen due', async () => {
  const { kms, KeyId, wait, read } = await withRotation();
  wait(100 * day);
  await kms.disableKeyRotation({ KeyId });
  expect((await kms.listKeyRotations({ KeyId })).Rotations).toHaveLength(1);
  expect(await read()).toBe('old');
});

test('on demand, 25 times and no more', async () => {
  const { kms, KeyId, Arn, materialId, read } = await withRotation();
  const seen = new Set([await materialId()]);
  for (let time = 1; time <= 25; time += 1) {
    expect(await kms.rotateKeyOnDemand({ KeyId })).toEqual({ KeyId: Arn });
    seen.add(await materialId());
  }
  expect(seen.size).toBe(26);
  expect(await refusal(kms.rotateKeyOnDemand({ KeyId }))).toBe(
    `LimitExceededException: The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${Arn}`,
  );
  expect(await read()).toBe('old');
  const pages = [];
  let Marker: string | undefined;
  do {
    const page = await kms.listKeyRotations({ KeyId, Limit: 10, Marker, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' });
    pages.push(page.Rotations!);
    Marker = page.NextMarker;
  } while (Marker);
  expect(pages.map(({ length }) => length)).toEqual([10, 10, 6]);
  expect(new Set(pages.flat().map(({ KeyMaterialId }) => KeyMaterialId))).toEqual(seen);
});

test('a disabled key is not rotated', async () => {
  const { kms, KeyId, Arn, wait, materialId } = await withRotation();
  const before = await materialId();
  await kms.disableKey({ KeyId });
  wait(100 * day);
  expect(await materialId()).toBe(before);
  const disabled = `DisabledException: ${Arn} is disabled.`;
  expect(await refusal(kms.enableKeyRotation({ KeyId }))).toBe(disabled);
  expect(await refusal(kms.disableKeyRotation({ KeyId }))).toBe(disabled);
  expect(await refusal(kms.rotateKeyOnDemand({ KeyId }))).toBe(disabled);
  await kms.enableKey({ KeyId });
  expect(await materialId()).not.toBe(before);
});

test.each([
  [89, /greater than or equal to 90$/],
  [90, /^no error$/],
  [2560, /^no error$/],
  [2561, /less than or equal to 2560$/],
])('a period of %s days', async (RotationPeriodInDays, expected) => {
  const { kms, KeyId } = await openKms();
  expect(await refusal(kms.enableKeyRotation({ KeyId, RotationPeriodInDays }))).toMatch(expected);
});
