import { expect, test } from 'vitest';
import { account, keyArn, noKeyId, openKms, refusal, region, violation } from './service.ts';

const aliasArn = (name: string) => `arn:aws:kms:${region}:${account}:${name}`;

test('an alias points where it was last told to', async () => {
  const { kms, KeyId, now, wait } = await openKms();
  const created = now();
  const { KeyMetadata } = await kms.createKey({});
  wait(5000);
  expect(await kms.updateAlias({ AliasName: 'alias/mine', TargetKeyId: KeyMetadata!.Arn })).toEqual({});
  expect((await kms.describeKey({ KeyId: 'alias/mine' })).KeyMetadata!.KeyId).toBe(KeyMetadata!.KeyId);
  expect((await kms.listAliases({ KeyId })).Aliases).toEqual([]);
  expect((await kms.listAliases({ KeyId: KeyMetadata!.Arn })).Aliases).toEqual([
    {
      AliasName: 'alias/mine',
      AliasArn: aliasArn('alias/mine'),
      TargetKeyId: KeyMetadata!.KeyId,
      CreationDate: created,
      LastUpdatedDate: now(),
    },
  ]);
});

test('deleting an alias leaves its key', async () => {
  const { kms, KeyId } = await openKms();
  expect(await kms.deleteAlias({ AliasName: 'alias/mine' })).toEqual({});
  const gone = `NotFoundException: Alias ${aliasArn('alias/mine')} is not found.`;
  expect(await refusal(kms.describeKey({ KeyId: 'alias/mine' }))).toBe(gone);
  expect(await refusal(kms.deleteAlias({ AliasName: 'alias/mine' }))).toBe(gone);
  expect(await refusal(kms.updateAlias({ AliasName: 'alias/mine', TargetKeyId: KeyId }))).toBe(gone);
  expect((await kms.describeKey({ KeyId })).KeyMetadata!.KeyId).toBe(KeyId);
});

const pattern = 'failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9:/_-]+';

test.each([
  [
    'mine',
    'ValidationException: Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
  ],
  ['alias/Service:Test', 'ValidationException: alias/Service:Test contains invalid characters for an alias'],
  ['alias/', 'ValidationException: alias/ contains invalid characters for an alias'],
  ['alias/a b', violation(`'alias/a b' at 'aliasName' ${pattern}`)],
  ['alias/a\n', violation(`'alias/a\n' at 'aliasName' ${pattern}`)],
  ['alias/aws/ssm', 'NotAuthorizedException: '],
  ['alias/mine', `AlreadyExistsException: An alias with the name ${aliasArn('alias/mine')} already exists`],
  [
    `alias/${'a'.repeat(251)}`,
    violation(
      `'alias/${'a'.repeat(251)}' at 'aliasName' failed to satisfy constraint: Member must have length less than or equal to 256`,
    ),
  ],
  [`alias/${'a'.repeat(250)}`, 'no error'],
  ['alias/aws', 'no error'],
])('CreateAlias %s', async (AliasName, message) => {
  const { kms, KeyId } = await openKms();
  expect(await refusal(kms.createAlias({ AliasName, TargetKeyId: KeyId }))).toBe(message);
});

test.each([
  [noKeyId, `NotFoundException: Key '${keyArn(noKeyId)}' does not exist`],
  ['alias/mine', 'ValidationException: Aliases must refer to keys. Not aliases'],
  [aliasArn('alias/mine'), 'ValidationException: Aliases must refer to keys. Not aliases'],
])('an alias cannot point to %s', async (TargetKeyId, message) => {
  const { kms } = await openKms();
  expect(await refusal(kms.createAlias({ AliasName: 'alias/new', TargetKeyId }))).toBe(message);
  expect(await refusal(kms.updateAlias({ AliasName: 'alias/mine', TargetKeyId }))).toBe(message);
});

test('aliases are listed by name, a page at a time, all or those of one key', async () => {
  const { kms, KeyId } = await openKms();
  const { KeyMetadata } = await kms.createKey({});
  for (const name of ['d', 'b', 'c']) await kms.createAlias({ AliasName: `alias/${name}`, TargetKeyId: KeyId });
  await kms.createAlias({ AliasName: 'alias/a', TargetKeyId: KeyMetadata!.KeyId });
  const names = async (input: object) => {
    const first = await kms.listAliases(input);
    const second = first.Truncated ? await kms.listAliases({ ...input, Marker: first.NextMarker }) : { Aliases: [] };
    return [first, second].map((page) => page.Aliases!.map((alias) => alias.AliasName!.replace('alias/', '')));
  };
  expect(await names({ Limit: 3 })).toEqual([
    ['a', 'b', 'c'],
    ['d', 'mine'],
  ]);
  expect(await names({ Limit: 3, KeyId })).toEqual([['b', 'c', 'd'], ['mine']]);
  expect(await names({ Limit: 4, KeyId })).toEqual([['b', 'c', 'd', 'mine'], []]);
});
