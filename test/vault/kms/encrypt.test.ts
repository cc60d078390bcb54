import { expect, test } from 'vitest';
import { keyArn, noKeyId, openKms, otherAccount, otherRegion, refusal, violation } from './service.ts';

const Plaintext = Buffer.from('attack at dawn');
const invalid = 'InvalidCiphertextException: ';
const incorrect =
  'IncorrectKeyException: The key ID in the request does not identify a CMK that can perform this operation.';
const unknown =
  'AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.';

test('Decrypt finds the key by itself', async () => {
  const { kms, Arn } = await openKms();
  const { CiphertextBlob, ...encrypted } = await kms.encrypt({ KeyId: 'alias/mine', Plaintext });
  expect(encrypted).toEqual({ KeyId: Arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
  const { CurrentKeyMaterialId } = (await kms.describeKey({ KeyId: Arn })).KeyMetadata!;
  const expected = {
    KeyId: Arn,
    Plaintext,
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    KeyMaterialId: CurrentKeyMaterialId,
  };
  expect(await kms.decrypt({ CiphertextBlob })).toEqual(expected);
  expect(await kms.decrypt({ CiphertextBlob, KeyId: 'alias/mine' })).toEqual(expected);
});

test('the same plaintext never gives the same blob', async () => {
  const { kms, KeyId } = await openKms();
  const blobs = await Promise.all(Array.from({ length: 5 }, () => kms.encrypt({ KeyId, Plaintext })));
  expect(new Set(blobs.map(({ CiphertextBlob }) => Buffer.from(CiphertextBlob!).toString('hex'))).size).toBe(5);
});

const context = { purpose: 'test', '\u{1f511}': 'a key', '\uff5e': 'sorts after it in UTF-16, before it in UTF-8' };

test.each([
  ['the same', context, 'no error'],
  ['in another order', Object.fromEntries(Object.entries(context).reverse()), 'no error'],
  ['none', undefined, invalid],
  ['empty', {}, invalid],
  ['another value', { ...context, purpose: 'Test' }, invalid],
  ['one pair more', { ...context, more: '' }, invalid],
  ['one pair less', { purpose: 'test' }, invalid],
])('a context: %s', async (_case, EncryptionContext, outcome) => {
  const { kms, KeyId } = await openKms();
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext, EncryptionContext: context });
  expect(await refusal(kms.decrypt({ CiphertextBlob, EncryptionContext }))).toBe(outcome);
});

test('no pair can lean over into the next', async () => {
  const { kms, KeyId } = await openKms();
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext, EncryptionContext: { ab: 'c', d: 'e' } });
  const others: Record<string, string>[] = [
    { a: 'bc', d: 'e' },
    { ab: 'cd', '': 'e' },
    { abc: '', d: 'e' },
    { d: 'c', ab: 'e' },
  ];
  for (const EncryptionContext of others) {
    expect(await refusal(kms.decrypt({ CiphertextBlob, EncryptionContext }))).toBe(invalid);
  }
});

test('no context and an empty one are the same', async () => {
  const { kms, KeyId } = await openKms();
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext });
  expect((await kms.decrypt({ CiphertextBlob, EncryptionContext: {} })).Plaintext).toEqual(Plaintext);
});

test('a name in a context is a name, whatever JavaScript makes of it', async () => {
  const { kms, KeyId } = await openKms();
  const EncryptionContext = JSON.parse('{"__proto__": "a", "constructor": "b"}');
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext, EncryptionContext });
  expect(await refusal(kms.decrypt({ CiphertextBlob }))).toBe(invalid);
  expect(await refusal(kms.decrypt({ CiphertextBlob, EncryptionContext: { constructor: 'b' } }))).toBe(invalid);
  expect((await kms.decrypt({ CiphertextBlob, EncryptionContext })).Plaintext).toEqual(Plaintext);
});

test('a blob with any byte changed, missing or added does not decrypt', async () => {
  const { kms, KeyId } = await openKms();
  const blob = Buffer.from((await kms.encrypt({ KeyId, Plaintext })).CiphertextBlob!);
  const outcomes = new Set<string>();
  for (let index = 0; index < blob.length; index++) {
    const changed = Buffer.from(blob);
    changed[index]! ^= 1 << (index % 8);
    outcomes.add(await refusal(kms.decrypt({ CiphertextBlob: changed })));
    if (index > 0) outcomes.add(await refusal(kms.decrypt({ CiphertextBlob: blob.subarray(0, index) })));
  }
  outcomes.add(await refusal(kms.decrypt({ CiphertextBlob: Buffer.concat([blob, Buffer.alloc(1)]) })));
  outcomes.add(await refusal(kms.decrypt({ CiphertextBlob: Buffer.alloc(6144, 1) })));
  expect([...outcomes]).toEqual([invalid]);
});

test('a blob of another key, Region or vault', async () => {
  const { kms, kmsIn, KeyId } = await openKms();
  const { KeyMetadata } = await kms.createKey({});
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext });
  const elsewhere = await openKms();
  expect(await refusal(kms.decrypt({ CiphertextBlob, KeyId: KeyMetadata!.KeyId }))).toBe(incorrect);
  expect(await refusal(kms.decrypt({ CiphertextBlob, KeyId: noKeyId }))).toBe(
    `NotFoundException: Key '${keyArn(noKeyId)}' does not exist`,
  );
  expect(await refusal(kmsIn({ region: otherRegion }).decrypt({ CiphertextBlob }))).toBe(unknown);
  expect(await refusal(kmsIn({ account: otherAccount }).decrypt({ CiphertextBlob }))).toBe(unknown);
  expect(await refusal(elsewhere.kms.decrypt({ CiphertextBlob }))).toBe(unknown);
});

test('re-encrypting changes key and context', async () => {
  const { kms, KeyId, Arn } = await openKms();
  const { KeyId: newId, Arn: newArn } = (await kms.createKey({})).KeyMetadata!;
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext, EncryptionContext: { a: '1' } });
  const move = (source: object) => kms.reEncrypt({ CiphertextBlob, DestinationKeyId: newId, ...source });
  const moved = await move({
    SourceEncryptionContext: { a: '1' },
    SourceKeyId: KeyId,
    DestinationEncryptionContext: { b: '2' },
  });
  expect(moved).toMatchObject({ SourceKeyId: Arn, KeyId: newArn, DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
  const answer = await kms.decrypt({ CiphertextBlob: moved.CiphertextBlob, EncryptionContext: { b: '2' } });
  expect(answer).toMatchObject({ Plaintext, KeyId: newArn });
  expect(await refusal(kms.decrypt({ CiphertextBlob: moved.CiphertextBlob, EncryptionContext: { a: '1' } }))).toBe(
    invalid,
  );
  expect(await refusal(move({}))).toBe(invalid);
  expect(await refusal(move({ SourceEncryptionContext: { a: '1' }, SourceKeyId: newId }))).toBe(incorrect);
});

const length = (member: string, rule: string) =>
  violation(`at '${member}' failed to satisfy constraint: Member must have length ${rule}`);

test.each([
  [0, length('plaintext', 'greater than or equal to 1')],
  [1, 'no error'],
  [4096, 'no error'],
  [4097, length('plaintext', 'less than or equal to 4096')],
])('encrypting %d bytes', async (size, outcome) => {
  const { kms, KeyId } = await openKms();
  const encrypting = kms.encrypt({ KeyId, Plaintext: Buffer.alloc(size, 7) });
  expect(await refusal(encrypting)).toBe(outcome);
  if (outcome !== 'no error') return;
  const { CiphertextBlob } = await encrypting;
  expect((await kms.decrypt({ CiphertextBlob })).Plaintext).toEqual(Buffer.alloc(size, 7));
});

test.each([
  [0, length('ciphertextBlob', 'greater than or equal to 1')],
  [1, invalid],
  [6144, invalid],
  [6145, length('ciphertextBlob', 'less than or equal to 6144')],
])('decrypting %d bytes that are no blob', async (size, outcome) => {
  const { kms } = await openKms();
  expect(await refusal(kms.decrypt({ CiphertextBlob: Buffer.alloc(size) }))).toBe(outcome);
});

test('a dry run and an algorithm of another kind of key', async () => {
  const { kms, KeyId } = await openKms();
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext });
  const dry = 'DryRunOperationException: The request would have succeeded, but the DryRun option is set.';
  expect(await refusal(kms.encrypt({ KeyId, Plaintext, DryRun: true }))).toBe(dry);
  expect(await refusal(kms.decrypt({ CiphertextBlob, DryRun: true }))).toBe(dry);
  expect(await refusal(kms.generateDataKey({ KeyId, KeySpec: 'AES_256', DryRun: true }))).toBe(dry);
  expect(await refusal(kms.decrypt({ CiphertextBlob: Buffer.alloc(9), DryRun: true }))).toBe(invalid);
  expect(await refusal(kms.encrypt({ KeyId, Plaintext, EncryptionAlgorithm: 'RSAES_OAEP_SHA_1' }))).toBe(
    'InvalidKeyUsageException: Algorithm RSAES_OAEP_SHA_1 is incompatible with key spec SYMMETRIC_DEFAULT.',
  );
});
