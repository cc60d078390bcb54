import { expect, test } from 'vitest';
import { openService, refusal, token } from '../service.ts';

const SecretId = 'a';

async function withSecret() {
  const service = await openService();
  const first = token();
  await service.secrets.createSecret({
    Name: SecretId,
    SecretString: 'one',
    ClientRequestToken: first,
    Description: 'd',
  });
  return { ...service, first };
}

test('a new value becomes AWSCURRENT and the description stays', async () => {
  const { secrets, first } = await withSecret();
  const second = token();
  const answer = await secrets.updateSecret({ SecretId, SecretString: 'two', ClientRequestToken: second });
  expect(answer.VersionId).toBe(second);
  expect(await secrets.describeSecret({ SecretId })).toMatchObject({
    Description: 'd',
    VersionIdsToStages: { [second]: ['AWSCURRENT'], [first]: ['AWSPREVIOUS'] },
  });
});

test('a new description alone makes no version and needs no token', async () => {
  const { secrets, wait } = await withSecret();
  const changed = wait(1000);
  expect((await secrets.updateSecret({ SecretId, Description: 'new' })).VersionId).toBeUndefined();
  const answer = await secrets.describeSecret({ SecretId });
  expect([answer.Description, answer.LastChangedDate]).toEqual(['new', changed]);
  await secrets.updateSecret({ SecretId, Description: '' });
  expect((await secrets.describeSecret({ SecretId })).Description).toBeUndefined();
});

test('the token decides as for PutSecretValue', async () => {
  const { secrets, first } = await withSecret();
  const update = (SecretString: string, ClientRequestToken: string) =>
    refusal(secrets.updateSecret({ SecretId, SecretString, ClientRequestToken }));
  expect(await update('one', first)).toBe('no error');
  expect(await update('two', first)).toMatch(/^ResourceExistsException: You can't use ClientRequestToken/);
});

test("a new key seals the versions with AWS's labels again, and the new ones", async () => {
  const { secrets, first, newKey } = await withSecret();
  const one = await newKey('alias/one');
  const [second, third, fourth] = [token(), token(), token()];
  await secrets.putSecretValue({ SecretId, SecretString: 'two', ClientRequestToken: second });
  await secrets.putSecretValue({ SecretId, SecretString: 'three', ClientRequestToken: third });
  await secrets.updateSecret({ SecretId, KmsKeyId: 'alias/one', SecretString: 'four', ClientRequestToken: fourth });
  const keysOf = async () => {
    const { Versions } = await secrets.listSecretVersionIds({ SecretId, IncludeDeprecated: true });
    return Object.fromEntries(Versions!.map(({ VersionId, KmsKeyIds }) => [VersionId, KmsKeyIds![0]]));
  };
  const own = 'DefaultEncryptionKey';
  expect(await keysOf()).toEqual({ [first]: own, [second]: one, [third]: one, [fourth]: one });
  await secrets.updateSecret({ SecretId, KmsKeyId: '' });
  expect(await keysOf()).toEqual({ [first]: own, [second]: one, [third]: own, [fourth]: own });
  for (const [VersionId, value] of Object.entries({
    [first]: 'one',
    [second]: 'two',
    [third]: 'three',
    [fourth]: 'four',
  })) {
    expect((await secrets.getSecretValue({ SecretId, VersionId })).SecretString).toBe(value);
  }
});

test('a key that is not there changes nothing', async () => {
  const { secrets } = await withSecret();
  expect(await refusal(secrets.updateSecret({ SecretId, KmsKeyId: 'alias/none', Description: 'new' }))).toMatch(
    /^InvalidParameterException: The operation failed because of an invalid KMS key: /,
  );
  const answer = await secrets.describeSecret({ SecretId });
  expect([answer.Description, answer.KmsKeyId]).toEqual(['d', undefined]);
});
