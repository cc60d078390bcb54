import { expect, test } from 'vitest';
import { day, openService, refusal, token } from '../service.ts';

const SecretId = 'a';

async function withVersions(count: number) {
  const service = await openService();
  const { secrets } = service;
  await secrets.createSecret({ Name: SecretId });
  const ids: string[] = [];
  const add = async () => {
    const ClientRequestToken = token();
    await secrets.putSecretValue({ SecretId, SecretString: 'value', ClientRequestToken });
    ids.push(ClientRequestToken);
    return ClientRequestToken;
  };
  for (let made = 0; made < count; made++) await add();
  const list = async (IncludeDeprecated?: boolean, MaxResults?: number) => {
    const found: string[] = [];
    for (let NextToken: string | undefined; ; ) {
      const page = await secrets.listSecretVersionIds({ SecretId, IncludeDeprecated, MaxResults, NextToken });
      found.push(...page.Versions!.map(({ VersionId }) => VersionId!));
      NextToken = page.NextToken;
      if (NextToken === undefined) return found;
    }
  };
  return { ...service, ids, add, list };
}

test('newest first, the unlabelled only when asked for', async () => {
  const { ids, list } = await withVersions(4);
  expect(await list()).toEqual([ids[3], ids[2]]);
  expect(await list(true)).toEqual(ids.toReversed());
});

test('an unlabelled version has no VersionStages', async () => {
  const { secrets, now } = await withVersions(3);
  const { Versions } = await secrets.listSecretVersionIds({ SecretId, IncludeDeprecated: true });
  const own = { CreatedDate: now(), KmsKeyIds: ['DefaultEncryptionKey'] };
  expect(Versions).toMatchObject([
    { ...own, VersionStages: ['AWSCURRENT'] },
    { ...own, VersionStages: ['AWSPREVIOUS'] },
    own,
  ]);
  expect(Versions![2]!.VersionStages).toBeUndefined();
});

test.each([1, 2, 3, 6, 7, 100])('pages of %i hold each version once', async (size) => {
  const { ids, list } = await withVersions(6);
  expect(await list(true, size)).toEqual(ids.toReversed());
  expect(await list(false, size)).toEqual([ids[5], ids[4]]);
});

test('a token that is none, and one of another secret', async () => {
  const { secrets } = await withVersions(3);
  await secrets.createSecret({ Name: 'b', SecretString: 'value', ClientRequestToken: token() });
  const { NextToken } = await secrets.listSecretVersionIds({ SecretId, MaxResults: 1 });
  expect(await refusal(secrets.listSecretVersionIds({ SecretId, NextToken: 'x' }))).toMatch(/^InvalidNextToken/);
  expect(await refusal(secrets.listSecretVersionIds({ SecretId: 'b', NextToken }))).toMatch(/^InvalidNextToken/);
});

test('beyond the newest 100, versions go that are unlabelled and a day old', async () => {
  const { secrets, ids, list, add, wait } = await withVersions(105);
  await secrets.updateSecretVersionStage({ SecretId, VersionStage: 'kept', MoveToVersionId: ids[1] });
  wait(day - 1);
  await add();
  expect(await list(true)).toEqual(ids.toReversed());
  wait(1);
  await add();
  expect(await list(true)).toEqual([...ids.slice(-100).toReversed(), ids[1]]);
});
