import type { Filter, ListSecretsCommandInput } from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { openService, refusal, token } from '../service.ts';

type Service = Awaited<ReturnType<typeof openService>>;

async function names({ secrets }: Service, input: ListSecretsCommandInput = {}): Promise<string[]> {
  const found: string[] = [];
  for (let { NextToken } = input; ; ) {
    const page = await secrets.listSecrets({ ...input, NextToken });
    found.push(...page.SecretList!.map(({ Name }) => Name!));
    NextToken = page.NextToken;
    if (NextToken === undefined) return found;
  }
}

/** Secrets made one millisecond after the other, in this order. */
async function withSecrets(...list: string[]) {
  const service = await openService();
  for (const Name of list) {
    await service.secrets.createSecret({ Name });
    service.wait(1);
  }
  return service;
}

test('says of a secret what DescribeSecret says', async () => {
  const service = await openService();
  const { secrets } = service;
  await service.newKey('alias/one');
  const Tags = [{ Key: 'env', Value: 'prod' }];
  const details = { Description: 'd', KmsKeyId: 'alias/one', Tags, SecretString: 'v', ClientRequestToken: token() };
  await secrets.createSecret({ Name: 'a', ...details });
  await secrets.getSecretValue({ SecretId: 'a' });
  const { VersionIdsToStages, ...described } = await secrets.describeSecret({ SecretId: 'a' });
  expect((await secrets.listSecrets({})).SecretList).toEqual([
    { ...described, SecretVersionsToStages: VersionIdsToStages },
  ]);
  expect(described).toMatchObject({ Description: 'd', KmsKeyId: 'alias/one', Tags, CreatedDate: service.now() });
  expect(VersionIdsToStages).toEqual({ [details.ClientRequestToken]: ['AWSCURRENT'] });
});

test('sorts by each date and by name, both ways', async () => {
  const service = await withSecrets('b', 'c', 'a');
  const { secrets, wait } = service;
  await secrets.updateSecret({ SecretId: 'c', Description: 'changed' });
  wait(1);
  await secrets.putSecretValue({ SecretId: 'b', SecretString: 'v', ClientRequestToken: token() });
  await secrets.getSecretValue({ SecretId: 'b' });
  const orders = {
    'created-date': ['b', 'c', 'a'],
    'last-changed-date': ['a', 'c', 'b'],
    'last-accessed-date': ['a', 'c', 'b'],
    name: ['a', 'b', 'c'],
  };
  expect(await names(service)).toEqual(orders['created-date']);
  for (const [key, order] of Object.entries(orders)) {
    const SortBy = key as keyof typeof orders;
    for (const MaxResults of [1, 2, 3]) {
      expect(await names(service, { SortBy, MaxResults })).toEqual(order);
      expect(await names(service, { SortBy, SortOrder: 'desc', MaxResults })).toEqual(order.toReversed());
    }
  }
});

test('pages hold each secret once, and a secret added before the place of the token does not shift them', async () => {
  const all = Array.from({ length: 205 }, (_, index) => `s${String(index).padStart(3, '0')}`);
  const service = await openService();
  for (const Name of all) await service.secrets.createSecret({ Name });
  const page = await service.secrets.listSecrets({ SortBy: 'name' });
  expect(page.SecretList).toHaveLength(100);
  await service.secrets.createSecret({ Name: 'a-new-one' });
  expect(await names(service, { SortBy: 'name', NextToken: page.NextToken })).toEqual(all.slice(100));
  expect(await names(service, { MaxResults: 100 })).toHaveLength(206);
  expect(await names(service, { Filters: [{ Key: 'name', Values: ['s20'] }] })).toEqual(all.slice(200));
});

test('the last page has no token, even when it is full', async () => {
  const { secrets } = await withSecrets('a', 'b');
  expect((await secrets.listSecrets({ MaxResults: 2 })).NextToken).toBeUndefined();
  expect((await secrets.listSecrets({ MaxResults: 1 })).NextToken).toBeDefined();
});

test('a token that is none, and one of a list in another order', async () => {
  const { secrets } = await withSecrets('a', 'b');
  const { NextToken } = await secrets.listSecrets({ MaxResults: 1 });
  const forged = Buffer.from('["secrets created asc",{},"a"]').toString('base64url');
  for (const input of [{ NextToken: 'x' }, { NextToken: forged }, { NextToken, SortBy: 'name' as const }]) {
    expect(await refusal(secrets.listSecrets(input))).toBe('InvalidNextTokenException: Invalid pagination token');
  }
});

test.each([
  [0, false],
  [1, true],
  [100, true],
  [101, false],
])('MaxResults %i', async (MaxResults, fits) => {
  const { secrets } = await openService();
  expect((await refusal(secrets.listSecrets({ MaxResults }))) === 'no error').toBe(fits);
});

test('secrets scheduled for deletion are listed only when asked for, until their time has come', async () => {
  const service = await withSecrets('a', 'b');
  const { DeletionDate } = await service.secrets.deleteSecret({ SecretId: 'a', RecoveryWindowInDays: 7 });
  expect(await names(service)).toEqual(['b']);
  const { SecretList } = await service.secrets.listSecrets({ IncludePlannedDeletion: true });
  expect(SecretList!.map((secret) => [secret.Name, secret.DeletedDate])).toEqual([
    ['a', DeletionDate],
    ['b', undefined],
  ]);
  service.wait(DeletionDate!.getTime() - service.now().getTime());
  expect(await names(service, { IncludePlannedDeletion: true })).toEqual(['b']);
});

const filtered: [string, Filter[], string[]][] = [
  ['a name by its beginning', [{ Key: 'name', Values: ['prod/'] }], ['prod/db', 'prod/api']],
  ['a name in other case', [{ Key: 'name', Values: ['PROD'] }], []],
  ['one name or another', [{ Key: 'name', Values: ['prod/db', 'Dev'] }], ['prod/db', 'Dev/db']],
  ['not a name', [{ Key: 'name', Values: ['!prod/'] }], ['Dev/db', 'other']],
  ['a description in any case', [{ Key: 'description', Values: ['the'] }], ['prod/db', 'Dev/db']],
  ['not a description', [{ Key: 'description', Values: ['!the'] }], ['prod/api', 'other']],
  ['a tag key', [{ Key: 'tag-key', Values: ['env'] }], ['prod/db', 'prod/api']],
  ['no such tag key', [{ Key: 'tag-key', Values: ['!env'] }], ['Dev/db', 'other']],
  ['a tag value', [{ Key: 'tag-value', Values: ['li'] }], ['prod/db', 'Dev/db']],
  ['all words, anywhere', [{ Key: 'all', Values: ['DB main'] }], ['prod/db']],
  ['a word of a tag', [{ Key: 'all', Values: ['LIVE'] }], ['prod/db', 'Dev/db']],
  ['not a word', [{ Key: 'all', Values: ['!db'] }], ['prod/api', 'other']],
  ['a primary Region', [{ Key: 'primary-region', Values: ['eu'] }], []],
  ['an owning service', [{ Key: 'owning-service', Values: ['rds'] }], []],
  ['no owning service', [{ Key: 'owning-service', Values: ['!rds'] }], ['prod/db', 'prod/api', 'Dev/db', 'other']],
  [
    'two filters: both',
    [
      { Key: 'tag-key', Values: ['env'] },
      { Key: 'tag-value', Values: ['live', 'none'] },
    ],
    ['prod/db'],
  ],
];

test.each(filtered)('filter: %s', async (_case, Filters, expected) => {
  const service = await openService();
  const add = (Name: string, Description?: string, ...Tags: { Key: string; Value: string }[]) =>
    service.secrets.createSecret({ Name, Description, Tags }).then(() => service.wait(1));
  await add('prod/db', 'The main database', { Key: 'env', Value: 'live' });
  await add('prod/api', undefined, { Key: 'environment', Value: 'test' });
  await add('Dev/db', 'the other', { Key: 'Env', Value: 'live' });
  await add('other');
  expect(await names(service, { Filters })).toEqual(expected);
});

test.each<[string, object, RegExp]>([
  ['an unknown key', { Key: 'size', Values: ['x'] }, /'filters\.1\.member\.key' .* enum value set: \[/],
  ['no values', { Key: 'name', Values: [] }, /'filters\.1\.member\.values' .* greater than or equal to 1/],
  ['eleven values', { Key: 'name', Values: Array(11).fill('x') }, /'filters\.1\.member\.values' .* equal to 10/],
  ['an odd character', { Key: 'name', Values: ['a*'] }, /'filters\.1\.member\.values\.1\.member' .* pattern/],
])('filter with %s', async (_case, filter, expected) => {
  const { secrets } = await openService();
  expect(await refusal(secrets.listSecrets({ Filters: [filter as Filter] }))).toMatch(expected);
});
