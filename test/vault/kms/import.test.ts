import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { KeySpec, KeyUsageType, KMS } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { createVault } from '../../../src/vault/vault.ts';
import { day, rootSecret } from '../service.ts';
import { importInto, type Wrapping, wrap } from './importing.ts';
import { account, keyArn, openKms, refusal, region } from './service.ts';

/** A key that waits for its material. */
async function openEmpty(KeySpec: KeySpec = 'SYMMETRIC_DEFAULT', KeyUsage: KeyUsageType = 'ENCRYPT_DECRYPT') {
  const service = await openKms();
  const { KeyMetadata } = await service.kms.createKey({ Origin: 'EXTERNAL', KeySpec, KeyUsage });
  const { KeyId, Arn } = KeyMetadata as { KeyId: string; Arn: string };
  const describe = async () => (await service.kms.describeKey({ KeyId })).KeyMetadata!;
  return { ...service, KeyId, Arn, describe, AwsKeyId: service.KeyId };
}

/** One with material, and something it has encrypted. */
async function openImported(more: { ValidTo?: Date } = {}) {
  const service = await openEmpty();
  const { kms, KeyId } = service;
  const material = randomBytes(32);
  const { KeyMaterialId: id } = (await importInto(kms, KeyId, material, more)) as { KeyMaterialId: string };
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('kept') });
  const read = () => decrypted(kms, CiphertextBlob!);
  return { ...service, material, id, CiphertextBlob: CiphertextBlob!, read };
}

const decrypted = async (kms: KMS, CiphertextBlob: Uint8Array) =>
  Buffer.from((await kms.decrypt({ CiphertextBlob })).Plaintext!).toString();

const rsa = (bits: number, publicExponent = 65_537) =>
  generateKeyPairSync('rsa', { modulusLength: bits, publicExponent }).privateKey.export(pkcs8);
const curve = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey.export(pkcs8);
const pkcs8 = { type: 'pkcs8', format: 'der' } as const;

const algorithms: Wrapping[] = [
  'RSAES_OAEP_SHA_1',
  'RSAES_OAEP_SHA_256',
  'RSA_AES_KEY_WRAP_SHA_1',
  'RSA_AES_KEY_WRAP_SHA_256',
];

test.each(algorithms.flatMap((algorithm) => ['RSA_2048', 'RSA_3072', 'RSA_4096'].map((spec) => [algorithm, spec])))(
  'material comes in wrapped by %s under %s',
  async (algorithm, spec) => {
    const { kms, vault, KeyId, Arn, describe } = await openEmpty();
    const answer = await importInto(kms, KeyId, randomBytes(32), {
      algorithm: algorithm as Wrapping,
      spec: spec as 'RSA_2048',
    });
    expect(answer).toEqual({ KeyId: Arn, KeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await describe()).toMatchObject({
      ...{ Enabled: true, KeyState: 'Enabled', Origin: 'EXTERNAL', ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' },
      CurrentKeyMaterialId: answer.KeyMaterialId,
    });
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('x') });
    expect(await decrypted(kms, CiphertextBlob!)).toBe('x');
    expect(await vault.verify()).toEqual([]);
  },
  30_000,
);

test('what wraps it is good for a day, and fits a token of AWS', async () => {
  const { kms, KeyId, Arn, now } = await openEmpty();
  const given = await kms.getParametersForImport({
    ...{ KeyId, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_4096' },
  });
  expect(given).toEqual({
    KeyId: Arn,
    ImportToken: expect.anything(),
    PublicKey: expect.anything(),
    ParametersValidTo: new Date(now().getTime() + day),
  });
  expect(given.ImportToken!.length).toBeLessThanOrEqual(6144);
}, 30_000);

const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version'], { stdio: 'pipe' }).length > 0;
  } catch {
    return false;
  }
})();

test.skipIf(!hasOpenssl)('OpenSSL wraps it as AWS tells to', async () => {
  const { kms, KeyId, describe } = await openEmpty();
  const given = await kms.getParametersForImport({
    ...{ KeyId, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' },
  });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-import-'));
  try {
    fs.writeFileSync(path.join(folder, 'public.der'), given.PublicKey!);
    const options = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha256'];
    const EncryptedKeyMaterial = execFileSync(
      'openssl',
      [
        ...['pkeyutl', '-encrypt', '-inkey', 'public.der', '-keyform', 'DER', '-pubin'],
        ...options.flatMap((option) => ['-pkeyopt', option]),
      ],
      { cwd: folder, input: randomBytes(32) },
    );
    const ExpirationModel = 'KEY_MATERIAL_DOES_NOT_EXPIRE';
    await kms.importKeyMaterial({ KeyId, ImportToken: given.ImportToken, EncryptedKeyMaterial, ExpirationModel });
    expect((await describe()).KeyState).toBe('Enabled');
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

const kinds: [KeySpec, KeyUsageType, () => Uint8Array, () => Uint8Array][] = [
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', () => randomBytes(32), () => randomBytes(31)],
  ['HMAC_224', 'GENERATE_VERIFY_MAC', () => randomBytes(28), () => randomBytes(32)],
  ['HMAC_256', 'GENERATE_VERIFY_MAC', () => randomBytes(32), () => randomBytes(28)],
  ['HMAC_384', 'GENERATE_VERIFY_MAC', () => randomBytes(48), () => randomBytes(47)],
  ['HMAC_512', 'GENERATE_VERIFY_MAC', () => randomBytes(64), () => randomBytes(65)],
  ['RSA_2048', 'SIGN_VERIFY', () => rsa(2048), () => rsa(1024)],
  ['RSA_3072', 'ENCRYPT_DECRYPT', () => rsa(3072), () => rsa(2048)],
  ['RSA_2048', 'ENCRYPT_DECRYPT', () => rsa(2048), () => rsa(2048, 3)],
  ['ECC_NIST_P256', 'SIGN_VERIFY', () => curve('prime256v1'), () => curve('secp256k1')],
  ['ECC_NIST_P384', 'KEY_AGREEMENT', () => curve('secp384r1'), () => curve('prime256v1')],
  ['ECC_NIST_P521', 'SIGN_VERIFY', () => curve('secp521r1'), () => rsa(2048)],
  ['ECC_SECG_P256K1', 'SIGN_VERIFY', () => curve('secp256k1'), () => Buffer.from('no key')],
  [
    'ECC_NIST_EDWARDS25519',
    'SIGN_VERIFY',
    () => generateKeyPairSync('ed25519').privateKey.export(pkcs8),
    () => generateKeyPairSync('x25519').privateKey.export(pkcs8),
  ],
];

test.each(kinds)(
  'a key %s for %s takes what is of its spec alone, and no other afterwards',
  async (spec, usage, right, wrong) => {
    const { kms, vault, KeyId, Arn, describe } = await openEmpty(spec, usage);
    const before = await describe();
    expect(await refusal(importInto(kms, KeyId, wrong()))).toBe(
      `IncorrectKeyMaterialException: The key material is not what this key expects. It is not of the key spec ${spec}.`,
    );
    expect(await describe()).toEqual(before);
    const material = right();
    expect((await importInto(kms, KeyId, material)).KeyId).toBe(Arn);
    expect((await describe()).KeyState).toBe('Enabled');
    await kms.deleteImportedKeyMaterial({ KeyId });
    expect(await describe()).toMatchObject({ KeyState: 'PendingImport', Enabled: false });
    expect(await refusal(importInto(kms, KeyId, right()))).toBe(
      'IncorrectKeyMaterialException: The key material is not what this key expects. It is not what was imported before.',
    );
    await importInto(kms, KeyId, material);
    expect((await describe()).KeyState).toBe('Enabled');
    expect(await vault.verify()).toEqual([]);
  },
  30_000,
);

test('ciphertexts open again when the same material comes again', async () => {
  const { kms, vault, KeyId, Arn, id, material, CiphertextBlob, read, describe } = await openImported();
  expect(await kms.deleteImportedKeyMaterial({ KeyId })).toEqual({ KeyId: Arn, KeyMaterialId: id });
  expect(await describe()).not.toHaveProperty('ExpirationModel', expect.anything());
  const pending = `KMSInvalidStateException: ${Arn} is pending import.`;
  expect(await refusal(kms.decrypt({ CiphertextBlob }))).toBe(pending);
  expect(await refusal(kms.encrypt({ KeyId, Plaintext: Buffer.from('x') }))).toBe(pending);
  expect(await refusal(kms.enableKey({ KeyId }))).toBe(pending);
  expect(await refusal(kms.disableKey({ KeyId }))).toBe(pending);
  expect(await refusal(kms.rotateKeyOnDemand({ KeyId }))).toBe(pending);
  expect(await vault.verify()).toEqual([]);
  expect(await kms.deleteImportedKeyMaterial({ KeyId })).toEqual({ KeyId: Arn, KeyMaterialId: id });
  expect((await importInto(kms, KeyId, material, { KeyMaterialId: id })).KeyMaterialId).toBe(id);
  expect(await read()).toBe('kept');
});

test('the same material is another one in another key', async () => {
  const { kms, material, id, CiphertextBlob, KeyId } = await openImported();
  const { KeyMetadata } = await kms.createKey({ Origin: 'EXTERNAL' });
  const other = await importInto(kms, KeyMetadata!.KeyId!, material);
  expect(other.KeyMaterialId).not.toBe(id);
  expect(await refusal(kms.decrypt({ CiphertextBlob, KeyId: KeyMetadata!.KeyId }))).toMatch(/^IncorrectKeyException/);
  expect(await refusal(kms.decrypt({ CiphertextBlob, KeyId }))).toBe('no error');
});

test('they open after the vault has gone out and come in again, and the material with it', async () => {
  const { kms, vault, KeyId, material, CiphertextBlob } = await openImported();
  const unlock = async () => rootSecret;
  const fresh = () => createVault({ file: ':memory:', secret: { key: randomBytes(32) }, account });
  const moved = async () => {
    const other = await fresh();
    (await other.openExport((await vault.exportLines()).join('\n'), unlock)).run('refuse');
    expect(await other.verify()).toEqual([]);
    const ask = (operation: string, input: object) => other.handle({ service: 'kms', operation, input, region });
    return { other, ask };
  };
  const whole = await moved();
  expect(await whole.ask('Decrypt', { CiphertextBlob })).toMatchObject({ Plaintext: Buffer.from('kept') });

  await kms.deleteImportedKeyMaterial({ KeyId });
  const without = await moved();
  const { PublicKey, ImportToken } = (await without.ask('GetParametersForImport', {
    ...{ KeyId, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' },
  })) as { PublicKey: Uint8Array; ImportToken: Uint8Array };
  const EncryptedKeyMaterial = wrap('RSAES_OAEP_SHA_256', PublicKey, material);
  const ExpirationModel = 'KEY_MATERIAL_DOES_NOT_EXPIRE';
  await without.ask('ImportKeyMaterial', { KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel });
  expect(await without.ask('Decrypt', { CiphertextBlob })).toMatchObject({ Plaintext: Buffer.from('kept') });
});

test('an export brings back what has been deleted since', async () => {
  const { kms, vault, KeyId, read } = await openImported();
  const text = (await vault.exportLines()).join('\n');
  await kms.deleteImportedKeyMaterial({ KeyId });
  (await vault.openExport(text, async () => rootSecret)).run('overwrite');
  expect(await vault.verify()).toEqual([]);
  expect(await read()).toBe('kept');
});

test('material expires by the clock', async () => {
  const { now } = await openKms();
  const ValidTo = new Date(now().getTime() + 30 * day);
  const { kms, vault, KeyId, Arn, material, id, CiphertextBlob, read, describe, wait } = await openImported({
    ValidTo,
  });
  expect(await describe()).toMatchObject({ ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo, KeyState: 'Enabled' });
  wait(30 * day - 1);
  expect(await read()).toBe('kept');
  wait(1);
  expect(await refusal(kms.decrypt({ CiphertextBlob }))).toBe(`KMSInvalidStateException: ${Arn} is pending import.`);
  expect(await describe()).toMatchObject({ KeyState: 'PendingImport', Enabled: false });
  expect((await describe()).ValidTo).toBeUndefined();
  expect((await vault.exportLines()).length).toBeGreaterThan(1);
  expect(await vault.verify()).toEqual([]);
  await importInto(kms, KeyId, material);
  expect(await describe()).toMatchObject({ KeyState: 'Enabled', ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' });
  expect((await describe()).CurrentKeyMaterialId).toBe(id);
  wait(400 * day);
  expect(await read()).toBe('kept');
});

test('importing again moves the day', async () => {
  const { now } = await openKms();
  const from = now().getTime();
  const { kms, KeyId, material, read, wait } = await openImported({ ValidTo: new Date(from + 10 * day) });
  await importInto(kms, KeyId, material, { ValidTo: new Date(from + 20 * day) });
  wait(15 * day);
  expect(await read()).toBe('kept');
  wait(5 * day);
  expect(await refusal(read())).toMatch(/pending import\.$/);
});

test.each([
  [{}, 'A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES'],
  [
    { ExpirationModel: 'KEY_MATERIAL_EXPIRES' },
    'A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES',
  ],
  [
    { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE', ValidTo: new Date('2026-04-01T00:00:00Z') },
    'A validTo date cannot be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE',
  ],
  [{ ValidTo: new Date('2026-03-01T10:00:00Z') }, 'The validTo date must be in the future'],
  [{ ValidTo: new Date('2027-03-01T10:00:01Z') }, 'The validTo date must be within 365 days'],
] as const)('no expiry is %j', async (given, message) => {
  const { kms, KeyId, describe } = await openEmpty();
  const rest = { KeyId, ImportToken: Buffer.from('x'), EncryptedKeyMaterial: Buffer.from('x') };
  expect(await refusal(kms.importKeyMaterial({ ...rest, ...given }))).toBe(`ValidationException: ${message}`);
  expect((await describe()).KeyState).toBe('PendingImport');
});

test('a token is for one key, for a day, and for what was wrapped under its own public key', async () => {
  const { kms, KeyId, AwsKeyId, wait } = await openEmpty();
  const parameters = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } as const;
  const given = await kms.getParametersForImport({ KeyId, ...parameters });
  const other = await kms.getParametersForImport({ KeyId, ...parameters });
  const { KeyMetadata } = await kms.createKey({ Origin: 'EXTERNAL' });
  const EncryptedKeyMaterial = wrap('RSAES_OAEP_SHA_256', given.PublicKey!, randomBytes(32));
  const ExpirationModel = 'KEY_MATERIAL_DOES_NOT_EXPIRE' as const;
  const ask = (input: { KeyId?: string; ImportToken?: Uint8Array; EncryptedKeyMaterial?: Uint8Array }) =>
    refusal(
      kms.importKeyMaterial({
        ...{ KeyId, ImportToken: given.ImportToken, EncryptedKeyMaterial, ExpirationModel, ...input },
      }),
    );
  const invalid = 'InvalidImportTokenException: The import token is not valid for this key.';
  expect(await ask({ KeyId: KeyMetadata!.KeyId })).toBe(invalid);
  expect(await ask({ ImportToken: Buffer.from('no token') })).toBe(invalid);
  expect(await ask({ ImportToken: other.ImportToken })).toBe('InvalidCiphertextException: ');
  expect(await ask({ EncryptedKeyMaterial: Buffer.alloc(256) })).toBe('InvalidCiphertextException: ');
  const sha1 = wrap('RSAES_OAEP_SHA_1', given.PublicKey!, randomBytes(32));
  expect(await ask({ EncryptedKeyMaterial: sha1 })).toBe('InvalidCiphertextException: ');
  expect(await ask({ KeyId: AwsKeyId })).toBe(
    `UnsupportedOperationException: ${keyArn(AwsKeyId)} origin is AWS_KMS which is not valid for this operation.`,
  );
  wait(day);
  expect(await ask({})).toBe('ExpiredImportTokenException: The import token has expired.');
});

test.each([
  ['RSAES_PKCS1_V1_5', 'RSA_2048'],
  ['SM2PKE', 'SM2'],
  ['RSAES_OAEP_SHA_256', 'SM2'],
] as const)('%s under %s is supported no more, or in China alone', async (WrappingAlgorithm, WrappingKeySpec) => {
  const { kms, KeyId } = await openEmpty();
  expect(await refusal(kms.getParametersForImport({ KeyId, WrappingAlgorithm, WrappingKeySpec }))).toMatch(
    /^UnsupportedOperationException: \w+ is not supported for wrapping key material$/,
  );
});

test.each([
  ['RSA_2048', 'RSA_4096', 'UnsupportedOperationException'],
  ['ECC_NIST_P521', 'RSA_2048', 'UnsupportedOperationException'],
  ['ECC_NIST_P521', 'RSA_3072', 'no error'],
] as const)(
  '%s has no room directly under %s: %s',
  async (spec, WrappingKeySpec, expected) => {
    const { kms, KeyId } = await openEmpty(spec, 'SIGN_VERIFY');
    const answer = kms.getParametersForImport({ KeyId, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec });
    expect(await refusal(answer)).toContain(expected);
  },
  30_000,
);

test('a key of AWS imports and deletes nothing; nor does one that waits for its deletion import', async () => {
  const { kms, AwsKeyId, KeyId, Arn } = await openEmpty();
  const parameters = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } as const;
  const origin = `UnsupportedOperationException: ${keyArn(AwsKeyId)} origin is AWS_KMS which is not valid for this operation.`;
  expect(await refusal(kms.getParametersForImport({ KeyId: AwsKeyId, ...parameters }))).toBe(origin);
  expect(await refusal(kms.deleteImportedKeyMaterial({ KeyId: AwsKeyId }))).toBe(origin);
  expect(await kms.deleteImportedKeyMaterial({ KeyId })).toEqual({ KeyId: Arn });
  await kms.scheduleKeyDeletion({ KeyId });
  expect(await refusal(kms.getParametersForImport({ KeyId, ...parameters }))).toBe(
    `KMSInvalidStateException: ${Arn} is pending deletion.`,
  );
});

test('material can be deleted while its key waits for its deletion', async () => {
  const { kms, vault, KeyId, material, describe, read } = await openImported();
  await kms.scheduleKeyDeletion({ KeyId });
  await kms.deleteImportedKeyMaterial({ KeyId });
  expect((await describe()).KeyState).toBe('PendingDeletion');
  expect(await vault.verify()).toEqual([]);
  await kms.cancelKeyDeletion({ KeyId });
  expect((await describe()).KeyState).toBe('PendingImport');
  await importInto(kms, KeyId, material);
  expect(await read()).toBe('kept');
});

test('a disabled key is still disabled when its material comes again', async () => {
  const { kms, KeyId, material, describe } = await openImported();
  await kms.disableKey({ KeyId });
  await importInto(kms, KeyId, material);
  expect((await describe()).KeyState).toBe('Disabled');
});

test('a second material waits until the key is rotated to it', async () => {
  const { kms, vault, KeyId, Arn, id, material, read, describe } = await openImported();
  const second = randomBytes(32);
  const ImportType = 'NEW_KEY_MATERIAL' as const;
  const none = `KMSInvalidStateException: No available key material pending rotation for the key: ${Arn}.`;
  expect(await refusal(kms.rotateKeyOnDemand({ KeyId }))).toBe(none);
  const { KeyMaterialId: next } = await importInto(kms, KeyId, second, {
    ImportType,
    KeyMaterialDescription: 'second',
  });
  expect((await describe()).CurrentKeyMaterialId).toBe(id);
  const all = async () => (await kms.listKeyRotations({ KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' })).Rotations!;
  const doesNotExpire = { ImportState: 'IMPORTED', ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
  expect(await all()).toEqual([
    { KeyId: Arn, KeyMaterialId: id, KeyMaterialState: 'CURRENT', ...doesNotExpire },
    {
      ...{ KeyId: Arn, KeyMaterialId: next, KeyMaterialState: 'PENDING_ROTATION', ...doesNotExpire },
      KeyMaterialDescription: 'second',
    },
  ]);
  expect((await kms.listKeyRotations({ KeyId })).Rotations).toEqual([]);
  expect(await vault.verify()).toEqual([]);

  const third = await refusal(importInto(kms, KeyId, randomBytes(32), { ImportType }));
  expect(third).toMatch(
    new RegExp(
      `^KMSInvalidStateException: New key material \\(id: [0-9a-f]{64}\\) cannot be imported into KMS key ${KeyId}, because another key material \\(id: ${next}\\) is pending rotation\\.$`,
    ),
  );
  expect(await kms.rotateKeyOnDemand({ KeyId })).toEqual({ KeyId: Arn });
  expect(await refusal(kms.rotateKeyOnDemand({ KeyId }))).toBe(none);
  expect((await describe()).CurrentKeyMaterialId).toBe(next);
  expect(await all()).toMatchObject([
    { KeyMaterialId: id, KeyMaterialState: 'NON_CURRENT' },
    { KeyMaterialId: next, KeyMaterialState: 'CURRENT', RotationType: 'ON_DEMAND', RotationDate: expect.any(Date) },
  ]);
  expect(await read()).toBe('kept');

  await kms.deleteImportedKeyMaterial({ KeyId, KeyMaterialId: id });
  expect((await describe()).KeyState).toBe('PendingImport');
  expect(await all()).toMatchObject([{ ImportState: 'PENDING_IMPORT' }, { ImportState: 'IMPORTED' }]);
  await kms.deleteImportedKeyMaterial({ KeyId });
  await importInto(kms, KeyId, second);
  expect((await describe()).KeyState).toBe('PendingImport');
  await importInto(kms, KeyId, material);
  expect((await describe()).KeyState).toBe('Enabled');
  expect(await all()).toMatchObject([{}, { KeyMaterialDescription: 'second' }]);
  expect(await read()).toBe('kept');
  expect(await vault.verify()).toEqual([]);
});

test('what waits to be rotated to can be deleted, or expire, and another takes its place', async () => {
  const { kms, vault, KeyId, now, wait, describe, read } = await openImported();
  const ImportType = 'NEW_KEY_MATERIAL' as const;
  const { KeyMaterialId } = await importInto(kms, KeyId, randomBytes(32), { ImportType });
  await kms.deleteImportedKeyMaterial({ KeyId, KeyMaterialId });
  expect((await describe()).KeyState).toBe('Enabled');
  const ValidTo = new Date(now().getTime() + day);
  await importInto(kms, KeyId, randomBytes(32), { ImportType, ValidTo });
  expect((await describe()).ExpirationModel).toBe('KEY_MATERIAL_DOES_NOT_EXPIRE');
  wait(day);
  const third = await importInto(kms, KeyId, randomBytes(32), { ImportType });
  await kms.rotateKeyOnDemand({ KeyId });
  expect(await describe()).toMatchObject({ KeyState: 'Enabled', CurrentKeyMaterialId: third.KeyMaterialId });
  expect((await kms.listKeyRotations({ KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' })).Rotations).toHaveLength(2);
  expect(await read()).toBe('kept');
  expect(await vault.verify()).toEqual([]);
});

test('new and existing material are told apart', async () => {
  const { kms, KeyId, material, id } = await openImported();
  const incorrect = 'IncorrectKeyMaterialException: The key material is not what this key expects.';
  const ask = (bytes: Uint8Array, more: object) => refusal(importInto(kms, KeyId, bytes, more));
  expect(await ask(material, { ImportType: 'NEW_KEY_MATERIAL' })).toBe(`${incorrect} It was imported before.`);
  const unknown = `${incorrect} It is not what was imported before.`;
  expect(await ask(randomBytes(32), { ImportType: 'EXISTING_KEY_MATERIAL' })).toBe(unknown);
  expect(await ask(randomBytes(32), {})).toBe(unknown);
  expect(await ask(material, { KeyMaterialId: '0'.repeat(64) })).toBe(
    `${incorrect} It is not what KeyMaterialId names.`,
  );
  expect(await ask(randomBytes(32), { ImportType: 'NEW_KEY_MATERIAL', KeyMaterialId: id })).toBe(
    'ValidationException: KeyMaterialId cannot be set if the ImportType is NEW_KEY_MATERIAL',
  );
  expect(await refusal(kms.deleteImportedKeyMaterial({ KeyId, KeyMaterialId: '0'.repeat(64) }))).toBe(
    `NotFoundException: Key material '${'0'.repeat(64)}' does not exist`,
  );
});

test.each([
  { ImportType: 'NEW_KEY_MATERIAL' },
  { KeyMaterialDescription: 'mine' },
  { KeyMaterialId: '0'.repeat(64) },
] as const)('a key with one material for good has no %j', async (more) => {
  const { kms, KeyId, Arn } = await openEmpty('HMAC_256', 'GENERATE_VERIFY_MAC');
  expect(await refusal(importInto(kms, KeyId, randomBytes(32), more))).toBe(
    `UnsupportedOperationException: ${Object.keys(more)[0]} is not supported for ${Arn} with key spec HMAC_256.`,
  );
});

test('an imported key does not rotate by itself', async () => {
  const { kms, KeyId, Arn } = await openImported();
  const origin = `UnsupportedOperationException: ${Arn} origin is EXTERNAL which is not valid for this operation.`;
  expect(await refusal(kms.enableKeyRotation({ KeyId }))).toBe(origin);
  expect(await refusal(kms.disableKeyRotation({ KeyId }))).toBe(origin);
  expect(await refusal(kms.getKeyRotationStatus({ KeyId }))).toBe(origin);
});

test.each([
  ['HMAC_256', 'GENERATE_VERIFY_MAC'],
  ['ECC_NIST_P256', 'SIGN_VERIFY'],
] as const)('a key %s is never rotated', async (KeySpec, KeyUsage) => {
  const { kms } = await openKms();
  const { KeyId } = (await kms.createKey({ KeySpec, KeyUsage })).KeyMetadata!;
  const unsupported = 'UnsupportedOperationException: ';
  expect(await refusal(kms.enableKeyRotation({ KeyId }))).toBe(unsupported);
  expect(await refusal(kms.disableKeyRotation({ KeyId }))).toBe(unsupported);
  expect(await refusal(kms.getKeyRotationStatus({ KeyId }))).toBe(unsupported);
  expect(await refusal(kms.rotateKeyOnDemand({ KeyId }))).toBe(unsupported);
  expect(await refusal(kms.listKeyRotations({ KeyId }))).toBe(unsupported);
});
