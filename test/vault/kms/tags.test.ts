import { expect, test } from 'vitest';
import { keyArn, noKeyId, openKms, refusal, violation } from './service.ts';

const tagsOf = (...keys: string[]) => keys.map((TagKey) => ({ TagKey, TagValue: `value of ${TagKey}` }));
const many = (count: number) => tagsOf(...Array.from({ length: count }, (_, index) => `k${index}`));

test('tags come with the key, are added, replaced and taken away', async () => {
  const { kms } = await openKms();
  const { KeyId, Arn } = (await kms.createKey({ Tags: tagsOf('a', 'b') })).KeyMetadata!;
  await kms.tagResource({ KeyId, Tags: [{ TagKey: 'b', TagValue: '' }, ...tagsOf('c')] });
  await kms.untagResource({ KeyId: Arn, TagKeys: ['a', 'never there'] });
  expect(await kms.listResourceTags({ KeyId })).toEqual({
    Tags: [{ TagKey: 'b', TagValue: '' }, ...tagsOf('c')],
    Truncated: false,
  });
});

test('tags are listed a page at a time', async () => {
  const { kms, KeyId } = await openKms();
  await kms.tagResource({ KeyId, Tags: many(5) });
  const first = await kms.listResourceTags({ KeyId, Limit: 3 });
  const second = await kms.listResourceTags({ KeyId, Limit: 3, Marker: first.NextMarker });
  expect([...first.Tags!, ...second.Tags!]).toEqual(many(5));
  expect([first.Truncated, second.Truncated]).toEqual([true, false]);
});

const tooLong = (member: string, value: string, most: number) =>
  violation(
    `'${value}' at 'tags.1.member.${member}' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
  );

test.each([
  ['50', many(50), 'no error'],
  ['51', many(51), 'TagException: Too many tags'],
  ['the same twice', tagsOf('a', 'a'), 'TagException: Duplicate tag keys'],
  ['reserved', tagsOf('aws:a'), 'TagException: Tags beginning with aws: are reserved'],
  ['a key of 128', [{ TagKey: 'k'.repeat(128), TagValue: '' }], 'no error'],
  ['a key of 129', [{ TagKey: 'k'.repeat(129), TagValue: '' }], tooLong('tagKey', 'k'.repeat(129), 128)],
  ['a value of 256', [{ TagKey: 'k', TagValue: 'v'.repeat(256) }], 'no error'],
  ['a value of 257', [{ TagKey: 'k', TagValue: 'v'.repeat(257) }], tooLong('tagValue', 'v'.repeat(257), 256)],
])('tags: %s', async (_case, Tags, outcome) => {
  const { kms, KeyId } = await openKms();
  expect(await refusal(kms.createKey({ Tags }))).toBe(outcome);
  expect(await refusal(kms.tagResource({ KeyId, Tags }))).toBe(outcome);
});

test('tags are asked for by id or ARN, not by alias', async () => {
  const { kms } = await openKms();
  expect(await refusal(kms.listResourceTags({ KeyId: 'alias/mine' }))).toBe(
    "NotFoundException: Invalid keyId 'alias/mine'",
  );
  expect(await refusal(kms.tagResource({ KeyId: noKeyId, Tags: [] }))).toBe(
    `NotFoundException: Key '${keyArn(noKeyId)}' does not exist`,
  );
});
