import { expect, test } from 'vitest';
import { account, openService, refusal, region, token } from '../service.ts';

const tooLong = (member: string, most: number, value = '') =>
  `ValidationException: 1 validation error detected: Value${value} at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${most}`;

test('answers with an ARN that ends in six random characters', async () => {
  const { secrets } = await openService();
  const answer = await secrets.createSecret({ Name: 'prod/db', SecretString: 'value', ClientRequestToken: token() });
  expect(answer.ARN).toMatch(new RegExp(`^arn:aws:secretsmanager:${region}:${account}:secret:prod/db-[A-Za-z0-9]{6}$`));
  expect(answer.Name).toBe('prod/db');
});

test('the token becomes the id of the first version', async () => {
  const { secrets } = await openService();
  const ClientRequestToken = token();
  const { VersionId } = await secrets.createSecret({ Name: 'a', SecretString: 'value', ClientRequestToken });
  expect(VersionId).toBe(ClientRequestToken);
  expect(await secrets.getSecretValue({ SecretId: 'a' })).toMatchObject({ VersionId, VersionStages: ['AWSCURRENT'] });
});

test('without a value there is no version, and no token is asked for', async () => {
  const { secrets } = await openService();
  expect((await secrets.createSecret({ Name: 'empty' })).VersionId).toBeUndefined();
  expect((await secrets.describeSecret({ SecretId: 'empty' })).VersionIdsToStages).toBeUndefined();
  expect(await refusal(secrets.getSecretValue({ SecretId: 'empty' }))).toBe(
    "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
  );
});

test('the same token with the same value is the same request', async () => {
  const { secrets } = await openService();
  const request = { Name: 'a', SecretString: 'value', ClientRequestToken: token() };
  expect(await secrets.createSecret(request)).toEqual(await secrets.createSecret(request));
});

test('the same token with another value is refused, and so is the same text as bytes', async () => {
  const { secrets } = await openService();
  const ClientRequestToken = token();
  const { ARN } = await secrets.createSecret({ Name: 'a', SecretString: 'value', ClientRequestToken });
  for (const other of [{ SecretString: 'other' }, { SecretBinary: Buffer.from('value') }]) {
    expect(await refusal(secrets.createSecret({ Name: 'a', ClientRequestToken, ...other }))).toBe(
      `ResourceExistsException: You can't use ClientRequestToken ${ClientRequestToken} because that value is already in use for a version of secret ${ARN}.`,
    );
  }
});

test('a name in use is refused, with a value and without', async () => {
  const { secrets } = await openService();
  await secrets.createSecret({ Name: 'a', SecretString: 'value', ClientRequestToken: token() });
  const exists = 'ResourceExistsException: The operation failed because the secret a already exists.';
  expect(await refusal(secrets.createSecret({ Name: 'a', SecretString: 'value', ClientRequestToken: token() }))).toBe(
    exists,
  );
  expect(await refusal(secrets.createSecret({ Name: 'a' }))).toBe(exists);
});

test('the same name lives in another Region', async () => {
  const { secrets, client } = await openService();
  await secrets.createSecret({ Name: 'a', SecretString: 'here', ClientRequestToken: token() });
  const there = client<typeof secrets>('secretsmanager', { region: 'us-east-1' });
  await there.createSecret({ Name: 'a', SecretString: 'there', ClientRequestToken: token() });
  expect((await secrets.getSecretValue({ SecretId: 'a' })).SecretString).toBe('here');
  expect((await there.getSecretValue({ SecretId: 'a' })).SecretString).toBe('there');
});

test.each([
  ['all that is allowed', 'AZaz09/_+=.@!-', undefined],
  ['one character', 'a', undefined],
  ['512 characters', 'n'.repeat(512), undefined],
  ['513 characters', 'n'.repeat(513), tooLong('name', 512, ` '${'n'.repeat(513)}'`)],
  ['a space', 'a b', 'name'],
  ['a colon', 'a:b', 'name'],
  ['a letter beyond ASCII', 'é', 'name'],
  ['a line end', 'a\n', 'name'],
])('a name with %s', async (_case, Name, refused) => {
  const { secrets } = await openService();
  const invalid =
    'ValidationException: Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!';
  const expected = refused === 'name' ? invalid : (refused ?? 'no error');
  expect(await refusal(secrets.createSecret({ Name }))).toBe(expected);
});

test.each([
  ['65,536 bytes of text', { SecretString: 'x'.repeat(65_536) }, 'no error'],
  ['65,537 bytes of text', { SecretString: 'x'.repeat(65_537) }, tooLong('secretString', 65_536)],
  ['65,536 bytes in 32,768 characters', { SecretString: 'é'.repeat(32_768) }, 'no error'],
  ['65,538 bytes in 32,769 characters', { SecretString: 'é'.repeat(32_769) }, tooLong('secretString', 65_536)],
  ['65,536 bytes', { SecretBinary: Buffer.alloc(65_536) }, 'no error'],
  ['65,537 bytes', { SecretBinary: Buffer.alloc(65_537) }, tooLong('secretBinary', 65_536)],
  [
    'both kinds of value',
    { SecretString: 'x', SecretBinary: Buffer.from('x') },
    "InvalidParameterException: You can't specify both a binary secret value and a string secret value in the same secret.",
  ],
  [
    'an empty value',
    { SecretString: '' },
    "ValidationException: 1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  ['a description of 2,048 characters', { Description: 'd'.repeat(2048) }, 'no error'],
  [
    'a description of 2,049 characters',
    { Description: 'd'.repeat(2049) },
    tooLong('description', 2048, ` '${'d'.repeat(2049)}'`),
  ],
])('%s', async (_case, members, expected) => {
  const { secrets } = await openService();
  expect(await refusal(secrets.createSecret({ Name: 'a', ClientRequestToken: token(), ...members }))).toBe(expected);
});

test.each([
  [31, false],
  [32, true],
  [64, true],
  [65, false],
])('a token of %i characters', async (length, fits) => {
  const { secrets } = await openService();
  const request = { Name: 'a', SecretString: 'value', ClientRequestToken: 't'.repeat(length) };
  expect((await refusal(secrets.createSecret(request))) === 'no error').toBe(fits);
});

test('a key that is not there is refused, and no secret is left behind', async () => {
  const { secrets } = await openService();
  for (const value of [{}, { SecretString: 'value', ClientRequestToken: token() }]) {
    expect(await refusal(secrets.createSecret({ Name: 'a', KmsKeyId: 'alias/none', ...value }))).toMatch(
      /^InvalidParameterException: The operation failed because of an invalid KMS key: /,
    );
  }
  expect((await secrets.listSecrets({})).SecretList).toEqual([]);
});

test("the service's own key goes unsaid", async () => {
  const { secrets, newKey } = await openService();
  await newKey('alias/one');
  await secrets.createSecret({ Name: 'own', KmsKeyId: 'alias/aws/secretsmanager' });
  await secrets.createSecret({ Name: 'other', KmsKeyId: 'alias/one' });
  expect((await secrets.describeSecret({ SecretId: 'own' })).KmsKeyId).toBeUndefined();
  expect((await secrets.describeSecret({ SecretId: 'other' })).KmsKeyId).toBe('alias/one');
});
