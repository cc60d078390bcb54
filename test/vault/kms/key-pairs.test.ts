import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { DataKeyPairSpec, KeyAgreementAlgorithmSpec, KeySpec, KeyUsageType } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { newMaterial } from '../../../src/vault/kms/new-material.ts';
import { algorithmsOf, specs } from '../../../src/vault/kms/specs.ts';
import { problems } from '../../../src/vault/kms/verify.ts';
import { openKnownKeys } from './known-keys.ts';
import { openKms, refusal, violation } from './service.ts';

const dry = 'DryRunOperationException: The request would have succeeded, but the DryRun option is set.';
const der = (key: Uint8Array | undefined) => createPublicKey({ key: Buffer.from(key!), format: 'der', type: 'spki' });
const spki = (key: Uint8Array | undefined) =>
  createPublicKey(createPrivateKey({ key: Buffer.from(key!), format: 'der', type: 'pkcs8' })).export({
    format: 'der',
    type: 'spki',
  });

async function openWith(KeySpec: KeySpec, KeyUsage: KeyUsageType) {
  const opened = await openKms();
  const { KeyId, Arn } = (await opened.kms.createKey({ KeySpec, KeyUsage })).KeyMetadata!;
  return { kms: opened.kms, symmetricId: opened.KeyId, symmetricArn: opened.Arn, KeyId: KeyId!, Arn: Arn! };
}

test.each([
  ['RSA_2048', 'ENCRYPT_DECRYPT', 'rsa'],
  ['ECC_NIST_P384', 'KEY_AGREEMENT', 'ec'],
  ['ECC_SECG_P256K1', 'SIGN_VERIFY', 'ec'],
  ['ECC_NIST_EDWARDS25519', 'SIGN_VERIFY', 'ed25519'],
] as const)('the public half of %s for %s', async (KeySpec, KeyUsage, type) => {
  const { kms, KeyId, Arn } = await openWith(KeySpec, KeyUsage);
  const { PublicKey, ...said } = await kms.getPublicKey({ KeyId });
  expect(said).toEqual({
    ...{ KeyId: Arn, KeySpec, CustomerMasterKeySpec: KeySpec, KeyUsage },
    ...algorithmsOf(KeySpec, KeyUsage),
  });
  expect(der(PublicKey).asymmetricKeyType).toBe(type);
  await kms.disableKey({ KeyId });
  expect(await refusal(kms.getPublicKey({ KeyId }))).toBe(`DisabledException: ${Arn} is disabled.`);
});

test('a secret key has no public half', async () => {
  const { kms, KeyId, symmetricId } = await openWith('HMAC_256', 'GENERATE_VERIFY_MAC');
  expect(await refusal(kms.getPublicKey({ KeyId }))).toBe('UnsupportedOperationException: ');
  expect(await refusal(kms.getPublicKey({ KeyId: symmetricId }))).toBe('UnsupportedOperationException: ');
});

test.each([
  'RSA_2048',
  'RSA_4096',
  'ECC_NIST_P256',
  'ECC_NIST_P521',
  'ECC_SECG_P256K1',
  'ECC_NIST_EDWARDS25519',
] as const)('a data key pair %s', async (KeyPairSpec) => {
  const { kms, KeyId, Arn } = await openKms();
  const EncryptionContext = { a: 'b' };
  const made = await kms.generateDataKeyPair({ KeyId, KeyPairSpec, EncryptionContext });
  expect(made).toMatchObject({ KeyId: Arn, KeyPairSpec });
  expect(made.PublicKey).toEqual(spki(made.PrivateKeyPlaintext));
  const { Plaintext, KeyMaterialId } = await kms.decrypt({
    CiphertextBlob: made.PrivateKeyCiphertextBlob,
    EncryptionContext,
  });
  expect([Plaintext, KeyMaterialId]).toEqual([made.PrivateKeyPlaintext, made.KeyMaterialId]);
  expect(await refusal(kms.decrypt({ CiphertextBlob: made.PrivateKeyCiphertextBlob }))).toBe(
    'InvalidCiphertextException: ',
  );
});

test('a data key pair without its plaintext', async () => {
  const { kms, KeyId, Arn } = await openKms();
  const made = await kms.generateDataKeyPairWithoutPlaintext({ KeyId, KeyPairSpec: 'ECC_NIST_P256' });
  expect(made).not.toHaveProperty('PrivateKeyPlaintext');
  expect(made).toMatchObject({ KeyId: Arn, KeyPairSpec: 'ECC_NIST_P256' });
  const { Plaintext } = await kms.decrypt({ CiphertextBlob: made.PrivateKeyCiphertextBlob });
  expect(made.PublicKey).toEqual(spki(Plaintext));
});

test('data key pairs that are refused', async () => {
  const { kms, KeyId, Arn, symmetricId } = await openWith('RSA_2048', 'SIGN_VERIFY');
  const asked = { KeyId: symmetricId, KeyPairSpec: 'ECC_NIST_P256' as DataKeyPairSpec };
  for (const generate of ['generateDataKeyPair', 'generateDataKeyPairWithoutPlaintext'] as const) {
    const refused = (more: object) => refusal(kms[generate]({ ...asked, ...more }));
    const action = generate.replace('g', 'G');
    expect(await refused({ KeyId })).toBe(
      `InvalidKeyUsageException: ${Arn} key usage is SIGN_VERIFY which is not valid for ${action}.`,
    );
    expect(await refused({ KeyPairSpec: 'SM2' })).toBe(
      'UnsupportedOperationException: KeyPairSpec SM2 is not supported in the vault',
    );
    expect(await refused({ DryRun: true })).toBe(dry);
  }
  const Recipient = { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256' } as const;
  expect(await refusal(kms.generateDataKeyPair({ ...asked, Recipient }))).toBe(
    'UnsupportedOperationException: Recipient is not supported in the vault',
  );
});

test('both sides derive one secret', async () => {
  const { kms, KeyId, Arn } = await openWith('ECC_NIST_P521', 'KEY_AGREEMENT');
  const other = (await kms.createKey({ KeySpec: 'ECC_NIST_P521', KeyUsage: 'KEY_AGREEMENT' })).KeyMetadata!.KeyId;
  const KeyAgreementAlgorithm = 'ECDH';
  const { PublicKey: mine } = await kms.getPublicKey({ KeyId });
  const { PublicKey: theirs } = await kms.getPublicKey({ KeyId: other });
  const { SharedSecret, ...said } = await kms.deriveSharedSecret({ KeyId, KeyAgreementAlgorithm, PublicKey: theirs });
  expect(said).toEqual({ KeyId: Arn, KeyAgreementAlgorithm, KeyOrigin: 'AWS_KMS' });
  expect(SharedSecret).toHaveLength(66);
  expect(await kms.deriveSharedSecret({ KeyId: other, KeyAgreementAlgorithm, PublicKey: mine })).toMatchObject({
    SharedSecret,
  });
});

test('secrets that are not derived', async () => {
  const { kms, KeyId, symmetricId, symmetricArn } = await openWith('ECC_NIST_P256', 'KEY_AGREEMENT');
  const signing = (await kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' })).KeyMetadata!;
  const { PublicKey } = await kms.getPublicKey({ KeyId: signing.KeyId });
  const KeyAgreementAlgorithm = 'ECDH' as KeyAgreementAlgorithmSpec;
  const refused = (more: object) =>
    refusal(kms.deriveSharedSecret({ KeyId, KeyAgreementAlgorithm, PublicKey, ...more }));
  const usage = (arn: string, of: string) =>
    `InvalidKeyUsageException: ${arn} key usage is ${of} which is not valid for DeriveSharedSecret.`;
  expect(await refused({ KeyId: symmetricId })).toBe(usage(symmetricArn, 'ENCRYPT_DECRYPT'));
  expect(await refused({ KeyId: signing.KeyId })).toBe(usage(signing.Arn!, 'SIGN_VERIFY'));
  expect(await refused({ KeyAgreementAlgorithm: 'INVALID' })).toBe(
    violation(
      "'INVALID' at 'keyAgreementAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [ECDH]",
    ),
  );
  const otherCurve = spki(await newMaterial(specs.ECC_NIST_P384));
  const noPoint = Buffer.concat([PublicKey!.slice(0, -8), Buffer.alloc(8, 1)]);
  const rsa = spki(await newMaterial(specs.RSA_2048));
  for (const wrong of [Buffer.from('no key'), otherCurve, noPoint, rsa]) {
    expect(await refused({ PublicKey: wrong })).toBe('ValidationException: ');
  }
  expect(await refused({ DryRun: true })).toBe(dry);
});

test('verify says which key pairs are none, or of another kind', async () => {
  const { database, callIn, addKey } = openKnownKeys();
  const found = () => [...problems(database, (where) => callIn(where))];
  for (const spec of ['ECC_NIST_P256', 'RSA_2048', 'ECC_NIST_EDWARDS25519'] as const) {
    addKey(spec, 'SIGN_VERIFY', await newMaterial(specs[spec]));
  }
  expect(found()).toEqual([]);
  addKey('ECC_NIST_P256', 'SIGN_VERIFY', await newMaterial(specs.ECC_NIST_P384));
  addKey('ECC_NIST_EDWARDS25519', 'SIGN_VERIFY', await newMaterial(specs.ECC_NIST_P256));
  addKey('RSA_3072', 'SIGN_VERIFY', await newMaterial(specs.RSA_2048));
  addKey('RSA_2048', 'SIGN_VERIFY', Buffer.from('no key'));
  addKey('HMAC_512', 'GENERATE_VERIFY_MAC', Buffer.alloc(32));
  const said = ['ECC_NIST_EDWARDS25519', 'ECC_NIST_P256', 'HMAC_512', 'RSA_2048', 'RSA_3072'].map((spec) =>
    expect.stringMatching(new RegExp(`^key ".{36}" in eu-west-1: material \\w{64} is no ${spec} key$`)),
  );
  expect(found().sort((a, b) => (a.split(' ').at(-2)! < b.split(' ').at(-2)! ? -1 : 1))).toEqual(said);
});

test('a private key that cannot be read is damage', async () => {
  const { kms, addKey } = openKnownKeys();
  const KeyId = addKey('RSA_2048', 'SIGN_VERIFY', Buffer.from('no key'));
  const asked = { KeyId, Message: Buffer.from('x'), SigningAlgorithm: 'RSASSA_PSS_SHA_256' } as const;
  await expect(kms.sign(asked)).rejects.toThrow(expect.objectContaining({ name: 'VaultError', code: 'damaged' }));
});
