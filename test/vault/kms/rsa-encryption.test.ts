import type { EncryptionAlgorithmSpec, KeySpec } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { openKms, refusal } from './service.ts';

const Plaintext = Buffer.from('attack at dawn');
const invalid = 'InvalidCiphertextException: ';

async function openRsa(KeySpec: KeySpec = 'RSA_2048') {
  const { kms, KeyId: symmetricId, Arn: symmetricArn } = await openKms();
  const { KeyId, Arn } = (await kms.createKey({ KeySpec, KeyUsage: 'ENCRYPT_DECRYPT' })).KeyMetadata!;
  return { kms, symmetricId, symmetricArn, KeyId: KeyId!, Arn: Arn! };
}

test.each([
  ['RSA_2048', '1', 214],
  ['RSA_2048', '256', 190],
  ['RSA_3072', '1', 342],
  ['RSA_3072', '256', 318],
  ['RSA_4096', '1', 470],
  ['RSA_4096', '256', 446],
] as const)('%s with SHA-%s takes %d bytes', async (spec, hash, most) => {
  const { kms, KeyId, Arn } = await openRsa(spec);
  const EncryptionAlgorithm = `RSAES_OAEP_SHA_${hash}` as EncryptionAlgorithmSpec;
  const whole = Buffer.alloc(most, 7);
  const { CiphertextBlob, ...said } = await kms.encrypt({ KeyId, EncryptionAlgorithm, Plaintext: whole });
  expect(said).toEqual({ KeyId: Arn, EncryptionAlgorithm });
  expect(CiphertextBlob).toHaveLength(Number(spec.slice(-4)) / 8);
  const opened = await kms.decrypt({ KeyId, EncryptionAlgorithm, CiphertextBlob });
  expect(opened).toEqual({ KeyId: Arn, EncryptionAlgorithm, Plaintext: whole });
  expect(await refusal(kms.encrypt({ KeyId, EncryptionAlgorithm, Plaintext: Buffer.alloc(most + 1) }))).toBe(
    `ValidationException: Algorithm ${EncryptionAlgorithm} and key spec ${spec} cannot encrypt data larger than ${most} bytes.`,
  );
});

test('a ciphertext says neither its key nor its algorithm: both must be said', async () => {
  const { kms, KeyId } = await openRsa();
  const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
  const { CiphertextBlob } = await kms.encrypt({ KeyId, EncryptionAlgorithm, Plaintext });
  const incompatible = 'InvalidKeyUsageException: Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048.';
  expect(await refusal(kms.encrypt({ KeyId, Plaintext }))).toBe(incompatible);
  expect(await refusal(kms.decrypt({ KeyId, CiphertextBlob }))).toBe(incompatible);
  expect(await refusal(kms.decrypt({ CiphertextBlob }))).toBe(invalid);
  expect(await refusal(kms.decrypt({ CiphertextBlob, EncryptionAlgorithm }))).toBe(
    'ValidationException: KeyId is required with EncryptionAlgorithm RSAES_OAEP_SHA_256.',
  );
  const otherwise = kms.decrypt({ KeyId, CiphertextBlob, EncryptionAlgorithm: 'RSAES_OAEP_SHA_1' });
  expect(await refusal(otherwise)).toBe(invalid);
});

test('another key, and a blob with a byte changed, missing or added', async () => {
  const { kms, KeyId, symmetricId } = await openRsa();
  const other = (await kms.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' })).KeyMetadata!.KeyId;
  const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
  const blob = Buffer.from((await kms.encrypt({ KeyId, EncryptionAlgorithm, Plaintext })).CiphertextBlob!);
  const asked = { KeyId, EncryptionAlgorithm, CiphertextBlob: blob } as const;
  expect(await refusal(kms.decrypt({ ...asked, KeyId: other }))).toBe(invalid);
  expect(await refusal(kms.decrypt({ ...asked, KeyId: symmetricId }))).toBe(
    'InvalidKeyUsageException: Algorithm RSAES_OAEP_SHA_256 is incompatible with key spec SYMMETRIC_DEFAULT.',
  );
  const changed = blob.with(100, blob[100]! ^ 1);
  for (const CiphertextBlob of [changed, blob.subarray(1), Buffer.concat([blob, blob])]) {
    expect(await refusal(kms.decrypt({ ...asked, CiphertextBlob }))).toBe(invalid);
  }
});

test('a context is for symmetric keys', async () => {
  const { kms, KeyId } = await openRsa();
  const EncryptionAlgorithm = 'RSAES_OAEP_SHA_1';
  const EncryptionContext = { a: '1' };
  const said = 'ValidationException: EncryptionContext is not supported with EncryptionAlgorithm RSAES_OAEP_SHA_1.';
  expect(await refusal(kms.encrypt({ KeyId, EncryptionAlgorithm, Plaintext, EncryptionContext }))).toBe(said);
  const { CiphertextBlob } = await kms.encrypt({ KeyId, EncryptionAlgorithm, Plaintext, EncryptionContext: {} });
  expect(await refusal(kms.decrypt({ KeyId, EncryptionAlgorithm, CiphertextBlob, EncryptionContext }))).toBe(said);
});

test('re-encrypting to a key pair and back', async () => {
  const { kms, KeyId, Arn, symmetricId, symmetricArn } = await openRsa();
  const { CiphertextBlob } = await kms.encrypt({ KeyId: symmetricId, Plaintext, EncryptionContext: { a: '1' } });
  const to = await kms.reEncrypt({
    CiphertextBlob,
    SourceEncryptionContext: { a: '1' },
    DestinationKeyId: KeyId,
    DestinationEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
  });
  expect(to).toMatchObject({
    SourceKeyId: symmetricArn,
    KeyId: Arn,
    SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    DestinationEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
  });
  const back = await kms.reEncrypt({
    CiphertextBlob: to.CiphertextBlob,
    SourceKeyId: KeyId,
    SourceEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
    DestinationKeyId: symmetricId,
  });
  expect(back).toMatchObject({ SourceKeyId: Arn, SourceEncryptionAlgorithm: 'RSAES_OAEP_SHA_256' });
  expect((await kms.decrypt({ CiphertextBlob: back.CiphertextBlob })).Plaintext).toEqual(Plaintext);
});

test('a key pair makes no data keys', async () => {
  const { kms, KeyId } = await openRsa();
  expect(await refusal(kms.generateDataKey({ KeyId, KeySpec: 'AES_256' }))).toBe(
    'InvalidKeyUsageException: Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048.',
  );
});
