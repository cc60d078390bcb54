import { expect, test } from 'vitest';
import { openService, refusal } from '../service.ts';

const SecretId = 'a';
const tagsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ Key: `k${first + index}`, Value: '' }));

async function withSecret() {
  const service = await openService();
  await service.secrets.createSecret({ Name: SecretId, Tags: [{ Key: 'env', Value: 'test' }] });
  const tags = async () => (await service.secrets.describeSecret({ SecretId })).Tags;
  return { ...service, tags };
}

test('adds tags, replaces the value of one, and removes them', async () => {
  const { secrets, tags, wait } = await withSecret();
  const changed = wait(1000);
  await secrets.tagResource({
    SecretId,
    Tags: [
      { Key: 'team', Value: 'a' },
      { Key: 'env', Value: 'prod' },
      { Key: 'Env', Value: 'another key' },
    ],
  });
  expect(await tags()).toEqual([
    { Key: 'env', Value: 'prod' },
    { Key: 'team', Value: 'a' },
    { Key: 'Env', Value: 'another key' },
  ]);
  expect((await secrets.describeSecret({ SecretId })).LastChangedDate).toEqual(changed);
  await secrets.untagResource({ SecretId, TagKeys: ['env', 'none'] });
  expect((await tags())!.map(({ Key }) => Key)).toEqual(['team', 'Env']);
  await secrets.untagResource({ SecretId, TagKeys: ['Env', 'team'] });
  expect(await tags()).toBeUndefined();
});

test('a secret has 50 tags and no more', async () => {
  const { secrets, tags } = await withSecret();
  const add = (first: number, count: number) =>
    refusal(secrets.tagResource({ SecretId, Tags: tagsFrom(first, count) }));
  expect(await add(0, 50)).toMatch(/^InvalidParameterException/);
  expect(await add(0, 49)).toBe('no error');
  expect(await add(0, 49)).toBe('no error');
  expect(await add(49, 1)).toMatch(/^InvalidParameterException/);
  expect(await tags()).toHaveLength(50);
  expect(await refusal(secrets.createSecret({ Name: 'b', Tags: tagsFrom(0, 51) }))).toMatch(/^InvalidParameter/);
});

test.each([
  ['a reserved key', [{ Key: 'aws:x', Value: '' }], /^InvalidParameterException/],
  ['a reserved key in capitals', [{ Key: 'AWS:x', Value: '' }], /^InvalidParameterException/],
  ['a key that only begins alike', [{ Key: 'awsome', Value: '' }], /^no error$/],
  ['a key twice', [...tagsFrom(0, 1), ...tagsFrom(0, 1)], /^InvalidParameterException/],
  ['an empty key', [{ Key: '', Value: '' }], /'tags\.1\.member\.key' .* greater than or equal to 1$/],
  ['a key of 128', [{ Key: 'k'.repeat(128), Value: '' }], /^no error$/],
  ['a key of 129', [{ Key: 'k'.repeat(129), Value: '' }], /'tags\.1\.member\.key' .* equal to 128$/],
  ['a value of 256', [{ Key: 'k', Value: 'v'.repeat(256) }], /^no error$/],
  ['a value of 257', [{ Key: 'k', Value: 'v'.repeat(257) }], /'tags\.1\.member\.value' .* equal to 256$/],
])('%s', async (_case, Tags, expected) => {
  const { secrets } = await withSecret();
  expect(await refusal(secrets.tagResource({ SecretId, Tags }))).toMatch(expected);
  expect(await refusal(secrets.createSecret({ Name: 'b', Tags }))).toMatch(expected);
});
