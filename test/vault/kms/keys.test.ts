import { expect, test } from 'vitest';
import { account, keyArn, noKeyId, openKms, otherAccount, otherRegion, refusal, region, violation } from './service.ts';

test('a new key is described as AWS describes it', async () => {
  const { kms, now } = await openKms();
  const { KeyMetadata } = await kms.createKey({ Description: 'for tests' });
  expect(KeyMetadata).toEqual({
    AWSAccountId: account,
    KeyId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    Arn: keyArn(KeyMetadata!.KeyId!),
    CreationDate: now(),
    Enabled: true,
    Description: 'for tests',
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: 'Enabled',
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
    CurrentKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await kms.describeKey({ KeyId: KeyMetadata!.KeyId })).toEqual({ KeyMetadata });
});

test('an id, an ARN, an alias and an alias ARN name the same key', async () => {
  const { kms, KeyId, Arn } = await openKms();
  for (const name of [KeyId, Arn, 'alias/mine', `arn:aws:kms:${region}:${account}:alias/mine`]) {
    expect((await kms.describeKey({ KeyId: name })).KeyMetadata!.KeyId).toBe(KeyId);
    expect((await kms.generateDataKey({ KeyId: name, KeySpec: 'AES_256' })).KeyId).toBe(Arn);
  }
});

const notFound = (text: string) => `NotFoundException: ${text}`;

test.each([
  ['fake-key-id', notFound("Invalid keyId 'fake-key-id'")],
  ['mrk-fake-key-id', notFound("Invalid keyId 'mrk-fake-key-id'")],
  ['134f2428cec14b25a1ae9048164dba47', notFound("Invalid keyId '134f2428cec14b25a1ae9048164dba47'")],
  [noKeyId, notFound(`Key '${keyArn(noKeyId)}' does not exist`)],
  [keyArn(noKeyId), notFound(`Key '${keyArn(noKeyId)}' does not exist`)],
  [keyArn('fake'), notFound("Invalid keyId 'fake'")],
  [`mrk-${'0a'.repeat(16)}`, notFound(`Key '${keyArn(`mrk-${'0a'.repeat(16)}`)}' does not exist`)],
  ['alias/none', notFound(`Alias arn:aws:kms:${region}:${account}:alias/none is not found.`)],
  [
    `arn:aws:kms:${region}:${account}:alias/none`,
    notFound(`Alias arn:aws:kms:${region}:${account}:alias/none is not found.`),
  ],
  ['alias/aws/s3', notFound(`Alias arn:aws:kms:${region}:${account}:alias/aws/s3 is not found.`)],
  [keyArn(noKeyId, otherRegion), notFound(`Invalid arn ${otherRegion}`)],
  ['arn:aws:s3:::bucket', 'InvalidArnException: Invalid arn arn:aws:s3:::bucket'],
  [
    keyArn(noKeyId, region, otherAccount),
    `AccessDeniedException: User: arn:aws:iam::${account}:root is not authorized to perform: kms:DescribeKey on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
  ],
  ['', violation("'' at 'keyId' failed to satisfy constraint: Member must have length greater than or equal to 1")],
])('no key is named %s', async (KeyId, message) => {
  const { kms } = await openKms();
  expect(await refusal(kms.describeKey({ KeyId }))).toBe(message);
});

test('a key is there in its own Region and account only', async () => {
  const { kmsIn, KeyId } = await openKms();
  expect(await refusal(kmsIn({ region: otherRegion }).describeKey({ KeyId }))).toBe(
    notFound(`Key '${keyArn(KeyId, otherRegion)}' does not exist`),
  );
  expect(await refusal(kmsIn({ account: otherAccount }).describeKey({ KeyId }))).toBe(
    notFound(`Key '${keyArn(KeyId, region, otherAccount)}' does not exist`),
  );
  expect(await kmsIn({ region: otherRegion }).listKeys({})).toEqual({ Keys: [], Truncated: false });
});

const specs =
  '[RSA_2048, ECC_NIST_P384, ECC_NIST_P256, ECC_NIST_P521, HMAC_384, RSA_3072, ECC_SECG_P256K1, RSA_4096, SYMMETRIC_DEFAULT, HMAC_256, HMAC_224, HMAC_512, ECC_NIST_EDWARDS25519, SM2, ML_DSA_44, ML_DSA_65, ML_DSA_87, ML_KEM_512, ML_KEM_768, ML_KEM_1024]';

test.each([
  [
    { KeySpec: 'HMAC_random' },
    violation(`'HMAC_random' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: ${specs}`),
  ],
  [
    { KeyUsage: 'RANDOM' },
    violation(
      "'RANDOM' at 'keyUsage' failed to satisfy constraint: Member must satisfy enum value set: [ENCRYPT_DECRYPT, SIGN_VERIFY, GENERATE_VERIFY_MAC, KEY_AGREEMENT]",
    ),
  ],
  [
    { Description: 'd'.repeat(8193) },
    violation(
      `'${'d'.repeat(8193)}' at 'description' failed to satisfy constraint: Member must have length less than or equal to 8192`,
    ),
  ],
  [
    { KeySpec: 'RSA_2048' },
    'ValidationException: You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
  ],
  [
    { KeyUsage: 'SIGN_VERIFY' },
    'ValidationException: KeyUsage SIGN_VERIFY is not compatible with KeySpec SYMMETRIC_DEFAULT',
  ],
  [
    { KeySpec: 'SYMMETRIC_DEFAULT', CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT' },
    'ValidationException: You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.',
  ],
  [
    { KeySpec: 'RSA_2048', KeyUsage: 'KEY_AGREEMENT' },
    'ValidationException: KeyUsage KEY_AGREEMENT is not compatible with KeySpec RSA_2048',
  ],
  [
    { KeySpec: 'ML_DSA_44', KeyUsage: 'SIGN_VERIFY' },
    'UnsupportedOperationException: KeySpec ML_DSA_44 is not supported in the vault',
  ],
  [{ Origin: 'AWS_CLOUDHSM' }, 'UnsupportedOperationException: Origin AWS_CLOUDHSM is not supported in the vault'],
])('CreateKey refuses %o', async (input, message) => {
  const { kms } = await openKms();
  expect(await refusal(kms.createKey(input as object))).toBe(message);
  expect((await kms.listKeys({})).Keys).toHaveLength(1);
});

test('keys are listed a page at a time, each once', async () => {
  const { kms } = await openKms();
  for (let count = 1; count < 7; count++) await kms.createKey({});
  const seen: string[] = [];
  let Marker: string | undefined;
  let pages = 0;
  do {
    const page = await kms.listKeys({ Limit: 3, Marker });
    seen.push(...page.Keys!.map((key) => key.KeyId!));
    expect(page.Truncated).toBe(page.NextMarker !== undefined);
    Marker = page.NextMarker;
    pages++;
  } while (Marker);
  expect([pages, new Set(seen).size, seen.length]).toEqual([3, 7, 7]);
  expect((await kms.listKeys({ Limit: 7 })).Truncated).toBe(false);
});

test.each([
  [
    { Limit: 0 },
    violation("'0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1"),
  ],
  [
    { Limit: 1001 },
    violation("'1001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 1000"),
  ],
  [{ Marker: 'nowhere' }, 'InvalidMarkerException: Invalid marker'],
])('ListKeys refuses %o', async (input, message) => {
  const { kms } = await openKms();
  expect(await refusal(kms.listKeys(input))).toBe(message);
});
