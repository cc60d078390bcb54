import type { CreateGrantRequest } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { day } from '../service.ts';
import { account, keyArn, noKeyId, openKms, otherAccount, otherRegion, refusal, region, violation } from './service.ts';

const root = (of = account) => `arn:aws:iam::${of}:root`;
const reader = `arn:aws:iam::${account}:role/reader`;
const keeper = `arn:aws:iam::${account}:user/keeper`;
const noGrantId = '0123456789abcdef'.repeat(4);
const decrypting = { GranteePrincipal: reader, Operations: ['Decrypt'] } satisfies Partial<CreateGrantRequest>;

test('a grant is listed as AWS lists it, until it is revoked', async () => {
  const { kms, KeyId, Arn, now } = await openKms();
  const asked = {
    GranteePrincipal: reader,
    RetiringPrincipal: keeper,
    Operations: ['Decrypt', 'DescribeKey'],
    Constraints: { EncryptionContextSubset: { team: 'red' } },
    Name: 'readers',
  } satisfies Partial<CreateGrantRequest>;
  const { GrantId, GrantToken } = await kms.createGrant({ KeyId: Arn, ...asked });
  expect(GrantId).toMatch(/^[0-9a-f]{64}$/);
  const Grants = [{ KeyId: Arn, GrantId, CreationDate: now(), IssuingAccount: root(), ...asked }];
  expect(await kms.listGrants({ KeyId })).toEqual({ Grants, Truncated: false });
  expect(GrantToken).not.toContain(GrantId!.slice(0, 8));
  expect(await kms.revokeGrant({ KeyId, GrantId })).toEqual({});
  expect(await kms.listGrants({ KeyId })).toEqual({ Grants: [], Truncated: false });
  expect(await refusal(kms.revokeGrant({ KeyId, GrantId }))).toBe(`NotFoundException: Grant ID ${GrantId} not found`);
});

test('a grant without a name, a retiring principal and constraints', async () => {
  const { kms, KeyId, Arn, now } = await openKms();
  const { GrantId } = await kms.createGrant({ KeyId, ...decrypting });
  expect((await kms.listGrants({ KeyId })).Grants).toEqual([
    { KeyId: Arn, GrantId, Name: '', CreationDate: now(), IssuingAccount: root(), ...decrypting },
  ]);
});

test('a request with a name makes one grant, however often it is sent, and a token each time', async () => {
  const { kms, KeyId } = await openKms();
  const named = {
    ...{ KeyId, GranteePrincipal: reader, Name: 'once', Operations: ['Decrypt', 'Encrypt'] },
    Constraints: { EncryptionContextEquals: { a: '1', b: '2' } },
  } satisfies CreateGrantRequest;
  const first = await kms.createGrant(named);
  const again = await kms.createGrant({
    ...named,
    Operations: ['Encrypt', 'Decrypt', 'Encrypt'],
    Constraints: { EncryptionContextEquals: { b: '2', a: '1' } },
  });
  expect(again.GrantId).toBe(first.GrantId);
  expect(again.GrantToken).not.toBe(first.GrantToken);
  const others = [
    { ...named, Operations: ['Decrypt' as const] },
    { ...named, GranteePrincipal: keeper },
    { ...named, RetiringPrincipal: keeper },
    { ...named, Constraints: {} },
    { ...named, Name: 'twice' },
    { ...named, Name: undefined },
    { ...named, Name: undefined },
  ];
  for (const other of others) await kms.createGrant(other);
  const ids = (await kms.listGrants({ KeyId })).Grants!.map(({ GrantId }) => GrantId);
  expect(new Set(ids).size).toBe(1 + others.length);
});

const kinds = [
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'GenerateDataKeyPair', 'Sign'],
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'ReEncryptTo', 'GetPublicKey'],
  ['RSA_2048', 'ENCRYPT_DECRYPT', 'Decrypt', 'GenerateDataKey'],
  ['RSA_2048', 'SIGN_VERIFY', 'GetPublicKey', 'Encrypt'],
  ['ECC_NIST_P256', 'SIGN_VERIFY', 'Verify', 'DeriveSharedSecret'],
  ['ECC_NIST_P256', 'KEY_AGREEMENT', 'DeriveSharedSecret', 'Sign'],
  ['HMAC_256', 'GENERATE_VERIFY_MAC', 'VerifyMac', 'GetPublicKey'],
] as const;

test.each(kinds)('a %s key for %s may be granted %s, but not %s', async (KeySpec, KeyUsage, may, mayNot) => {
  const { kms } = await openKms();
  const { KeyMetadata } = await kms.createKey({ KeySpec, KeyUsage });
  const grant = (Operations: CreateGrantRequest['Operations']) =>
    refusal(kms.createGrant({ KeyId: KeyMetadata!.KeyId, GranteePrincipal: reader, Operations }));
  expect(await grant([may, 'CreateGrant', 'DescribeKey', 'RetireGrant'])).toBe('no error');
  expect(await grant([may, mayNot])).toBe(
    `ValidationException: Operation ${mayNot} is not valid for a key with key spec ${KeySpec} and usage ${KeyUsage}.`,
  );
});

const invalidArn = (arn: string) => `InvalidArnException: ARN does not refer to a valid principal: ${arn}`;
const tooMany = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`k${index}`, 'v']));

test.each([
  [{ Operations: [] }, 'ValidationException: A grant needs at least one operation.'],
  [{ Operations: ['CreateGrant'] }, 'ValidationException: Grants must not contain only the CreateGrant operation.'],
  [
    { Operations: ['Read'] },
    violation(
      "'Read' at 'operations.1.member' failed to satisfy constraint: Member must satisfy enum value set: [Decrypt, Encrypt, GenerateDataKey, GenerateDataKeyWithoutPlaintext, ReEncryptFrom, ReEncryptTo, Sign, Verify, GetPublicKey, CreateGrant, RetireGrant, DescribeKey, GenerateDataKeyPair, GenerateDataKeyPairWithoutPlaintext, GenerateMac, VerifyMac, DeriveSharedSecret]",
    ),
  ],
  [{ GranteePrincipal: undefined }, 'ValidationException: GranteePrincipal is required.'],
  [{ GranteePrincipal: 'somebody' }, invalidArn('somebody')],
  [{ GranteePrincipal: 'rds.eu-west-1.amazonaws.com' }, invalidArn('rds.eu-west-1.amazonaws.com')],
  [{ GranteePrincipal: `arn:aws:iam::${account}:group/all` }, invalidArn(`arn:aws:iam::${account}:group/all`)],
  [{ RetiringPrincipal: 'arn:aws:s3:::bucket' }, invalidArn('arn:aws:s3:::bucket')],
  [
    { Constraints: { EncryptionContextEquals: tooMany } },
    'ValidationException: An encryption context constraint has at most 8 pairs.',
  ],
  [
    { Constraints: { EncryptionContextSubset: { a: 'v'.repeat(385) } } },
    'ValidationException: A value of an encryption context constraint has at most 384 characters.',
  ],
  [
    { GranteePrincipal: undefined, GranteeServicePrincipal: 'rds.amazonaws.com' },
    'UnsupportedOperationException: GranteeServicePrincipal is not supported in the vault',
  ],
  [
    { Constraints: { SourceArn: `arn:aws:rds:${region}:${account}:db:one` } },
    'UnsupportedOperationException: SourceArn is not supported in the vault',
  ],
  [{ KeyId: noKeyId }, `NotFoundException: Key '${keyArn(noKeyId)}' does not exist`],
  [{ KeyId: 'alias/mine' }, "NotFoundException: Invalid keyId 'alias/mine'"],
  [{ GrantTokens: ['bm9uZQ=='] }, 'InvalidGrantTokenException: The grant token is not valid.'],
  [{ DryRun: true }, 'DryRunOperationException: The request would have succeeded, but the DryRun option is set.'],
])('CreateGrant refuses %o', async (input, message) => {
  const { kms, KeyId } = await openKms();
  expect(await refusal(kms.createGrant({ KeyId, ...decrypting, ...(input as object) }))).toBe(message);
  expect((await kms.listGrants({ KeyId })).Grants).toEqual([]);
});

test('an encryption context is nothing for a key whose operations have none', async () => {
  const { kms } = await openKms();
  const { KeyMetadata } = await kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  const grant = { KeyId: KeyMetadata!.KeyId, GranteePrincipal: reader, Operations: ['Sign' as const] };
  expect(await refusal(kms.createGrant({ ...grant, Constraints: { EncryptionContextEquals: { a: 'b' } } }))).toBe(
    'ValidationException: Encryption context constraints are not valid for a key with key spec ECC_NIST_P256.',
  );
  expect(await refusal(kms.createGrant({ ...grant, Constraints: {} }))).toBe('no error');
});

test('grants of a key that is disabled, waits for its deletion, and is gone', async () => {
  const { kms, KeyId, Arn, wait, vault } = await openKms();
  const made = [await kms.createGrant({ KeyId, ...decrypting }), await kms.createGrant({ KeyId, ...decrypting })];
  const retirable = await kms.createGrant({ KeyId, ...decrypting, RetiringPrincipal: keeper });
  await kms.disableKey({ KeyId });
  expect(await refusal(kms.createGrant({ KeyId, ...decrypting }))).toBe(`DisabledException: ${Arn} is disabled.`);
  await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  const pending = `KMSInvalidStateException: ${Arn} is pending deletion.`;
  expect(await refusal(kms.createGrant({ KeyId, ...decrypting }))).toBe(pending);
  expect(await kms.revokeGrant({ KeyId, GrantId: made[0]!.GrantId })).toEqual({});
  expect(await kms.retireGrant({ GrantToken: made[1]!.GrantToken })).toEqual({});
  expect((await kms.listGrants({ KeyId })).Grants).toHaveLength(1);
  wait(7 * day);
  expect((await kms.listRetirableGrants({ RetiringPrincipal: keeper })).Grants).toEqual([]);
  expect(await refusal(kms.listGrants({ KeyId }))).toBe(`NotFoundException: Key '${Arn}' does not exist`);
  expect(await refusal(kms.retireGrant({ GrantToken: retirable.GrantToken }))).toBe(
    `NotFoundException: Grant ID ${retirable.GrantId} not found`,
  );
  expect(await vault.verify()).toEqual([]);
});

test('nobody grants anything on a key of AWS', async () => {
  const { kms } = await openKms();
  const { KeyMetadata } = await kms.describeKey({ KeyId: 'alias/aws/ssm' });
  expect(await refusal(kms.createGrant({ KeyId: KeyMetadata!.KeyId, ...decrypting }))).toMatch(
    /^AccessDeniedException/,
  );
  expect((await kms.listGrants({ KeyId: KeyMetadata!.KeyId })).Grants).toEqual([]);
});

test('a grant is retired by its token, or by its key and its id', async () => {
  const { kms, KeyId, Arn } = await openKms();
  const [one, two] = [await kms.createGrant({ KeyId, ...decrypting }), await kms.createGrant({ KeyId, ...decrypting })];
  const dry = 'DryRunOperationException: The request would have succeeded, but the DryRun option is set.';
  expect(await refusal(kms.retireGrant({ GrantToken: one.GrantToken, DryRun: true }))).toBe(dry);
  expect(await refusal(kms.revokeGrant({ KeyId, GrantId: one.GrantId, DryRun: true }))).toBe(dry);
  expect(await kms.retireGrant({ GrantToken: one.GrantToken })).toEqual({});
  expect(await kms.retireGrant({ KeyId: Arn, GrantId: two.GrantId })).toEqual({});
  expect((await kms.listGrants({ KeyId })).Grants).toEqual([]);
  expect(await refusal(kms.retireGrant({ GrantToken: one.GrantToken }))).toBe(
    `NotFoundException: Grant ID ${one.GrantId} not found`,
  );
});

const which = 'ValidationException: Specify either a grant token, or both a key ID and a grant ID.';

test.each([
  [{}, which],
  [{ KeyId: noKeyId }, which],
  [{ GrantId: noGrantId }, which],
  [{ GrantToken: 'bm9uZQ==', GrantId: noGrantId }, which],
  [{ GrantToken: 'bm9uZQ==', KeyId: noKeyId, GrantId: noGrantId }, which],
  [{ GrantToken: 'bm9uZQ==' }, 'InvalidGrantTokenException: The grant token is not valid.'],
  [{ GrantToken: 'not base64' }, 'InvalidGrantTokenException: The grant token is not valid.'],
  [{ KeyId: 'alias/mine', GrantId: noGrantId }, "NotFoundException: Invalid keyId 'alias/mine'"],
])('RetireGrant refuses %o', async (input, message) => {
  const { kms } = await openKms();
  expect(await refusal(kms.retireGrant(input))).toBe(message);
});

test('what is no id of a grant', async () => {
  const { kms, KeyId } = await openKms();
  const asked = { KeyId, GrantId: 'x' };
  for (const call of [kms.retireGrant(asked), kms.revokeGrant(asked), kms.listGrants(asked)]) {
    expect(await refusal(call)).toBe('InvalidGrantIdException: Invalid grant ID x');
  }
  expect(await refusal(kms.retireGrant({ KeyId, GrantId: noGrantId }))).toBe(
    `NotFoundException: Grant ID ${noGrantId} not found`,
  );
  expect((await kms.listGrants({ KeyId, GrantId: noGrantId })).Grants).toEqual([]);
});

test('another account retires what it may, and sees what it may retire', async () => {
  const { kms, kmsIn, KeyId } = await openKms();
  const theirs = kmsIn({ account: otherAccount });
  const retirable = await kms.createGrant({ KeyId, ...decrypting, RetiringPrincipal: root(otherAccount) });
  const own = { KeyId, GranteePrincipal: root(otherAccount) };
  const usable = await kms.createGrant({ ...own, Operations: ['Decrypt'] });
  const returnable = await kms.createGrant({ ...own, Operations: ['Decrypt', 'RetireGrant'] });
  const { Grants } = await theirs.listRetirableGrants({ RetiringPrincipal: root(otherAccount) });
  expect(Grants!.map(({ GrantId }) => GrantId)).toEqual([retirable.GrantId]);
  for (const { GrantToken } of [retirable, returnable]) expect(await theirs.retireGrant({ GrantToken })).toEqual({});
  expect(await refusal(theirs.retireGrant({ GrantToken: usable.GrantToken }))).toBe(
    `AccessDeniedException: User: ${root(otherAccount)} is not authorized to perform: kms:RetireGrant on resource: ${keyArn(KeyId)} because no resource-based policy allows the kms:RetireGrant action`,
  );
  expect((await kms.listGrants({ KeyId })).Grants!.map(({ GrantId }) => GrantId)).toEqual([usable.GrantId]);
  expect(await refusal(theirs.listRetirableGrants({ RetiringPrincipal: keeper }))).toMatch(/^AccessDeniedException/);
});

test('a token is good in its own Region', async () => {
  const { kms, kmsIn, KeyId } = await openKms();
  const { GrantToken, GrantId } = await kms.createGrant({ KeyId, ...decrypting });
  expect(await refusal(kmsIn({ region: otherRegion }).retireGrant({ GrantToken }))).toBe(
    `NotFoundException: Grant ID ${GrantId} not found`,
  );
});

test('operations take the tokens of grants and nothing else for one', async () => {
  const { kms, KeyId } = await openKms();
  const { GrantToken } = await kms.createGrant({ KeyId, ...decrypting });
  const [good, bad] = [[GrantToken!], [GrantToken!, `${GrantToken!.slice(0, -4)}AAAA`]];
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('x') });
  const calls = (GrantTokens: string[]) => [
    kms.describeKey({ KeyId, GrantTokens }),
    kms.encrypt({ KeyId, Plaintext: Buffer.from('x'), GrantTokens }),
    kms.decrypt({ CiphertextBlob, GrantTokens }),
    kms.reEncrypt({ CiphertextBlob, DestinationKeyId: KeyId, GrantTokens }),
    kms.generateDataKey({ KeyId, KeySpec: 'AES_256', GrantTokens }),
    kms.generateDataKeyWithoutPlaintext({ KeyId, KeySpec: 'AES_256', GrantTokens }),
    kms.createGrant({ KeyId, ...decrypting, GrantTokens }),
  ];
  for (const call of calls(good)) expect(await refusal(call)).toBe('no error');
  for (const call of calls(bad)) {
    expect(await refusal(call)).toBe('InvalidGrantTokenException: The grant token is not valid.');
  }
});

test('grants are listed a page at a time, each once, and by who uses or retires them', async () => {
  const { kms, KeyId } = await openKms();
  const { KeyMetadata } = await kms.createKey({});
  const made: string[] = [];
  for (const grantee of [reader, reader, reader, keeper, keeper]) {
    const { GrantId } = await kms.createGrant({
      ...{ KeyId, GranteePrincipal: grantee, RetiringPrincipal: keeper, Operations: ['Decrypt'] },
    });
    made.push(GrantId!);
  }
  const elsewhere = await kms.createGrant({ KeyId: KeyMetadata!.KeyId, ...decrypting, RetiringPrincipal: keeper });
  type Page = { Grants?: { GrantId?: string }[]; NextMarker?: string; Truncated?: boolean };
  const all = async (list: (Marker?: string) => Promise<Page>) => {
    const seen: string[] = [];
    for (let Marker: string | undefined, pages = 0; pages === 0 || Marker; pages++) {
      const page = await list(Marker);
      expect(page.Truncated).toBe(page.NextMarker !== undefined);
      seen.push(...page.Grants!.map(({ GrantId }) => GrantId!));
      Marker = page.NextMarker;
    }
    return seen;
  };
  expect(await all((Marker) => kms.listGrants({ KeyId, Limit: 2, Marker }))).toEqual(made.toSorted());
  expect(await all((Marker) => kms.listRetirableGrants({ RetiringPrincipal: keeper, Limit: 2, Marker }))).toEqual(
    [...made, elsewhere.GrantId!].toSorted(),
  );
  expect(await all(() => kms.listGrants({ KeyId, GranteePrincipal: reader }))).toEqual(made.slice(0, 3).toSorted());
  expect(await all(() => kms.listGrants({ KeyId, GrantId: made[4] }))).toEqual([made[4]]);
  expect(await all(() => kms.listGrants({ KeyId, GrantId: made[4], GranteePrincipal: reader }))).toEqual([]);
  expect(await all(() => kms.listRetirableGrants({ RetiringPrincipal: reader }))).toEqual([]);
});

test('lists of grants refuse', async () => {
  const { kms, KeyId } = await openKms();
  expect(await refusal(kms.listGrants({ KeyId, Limit: 101 }))).toBe(
    violation("'101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100"),
  );
  expect(await refusal(kms.listGrants({ KeyId, Marker: 'x' }))).toBe('InvalidMarkerException: Invalid marker');
  expect(await refusal(kms.listGrants({ KeyId, GranteePrincipal: 'x' }))).toBe(invalidArn('x'));
  expect(await refusal(kms.listRetirableGrants({ RetiringPrincipal: 'x' }))).toBe(invalidArn('x'));
  expect(await refusal(kms.listRetirableGrants({ RetiringPrincipal: undefined }))).toBe(
    'ValidationException: RetiringPrincipal is required.',
  );
});
