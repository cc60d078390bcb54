import { expect, test } from 'vitest';
import { account, day, openService, refusal, region, token } from '../service.ts';

const noSecret = "ResourceNotFoundException: Secrets Manager can't find the specified secret.";
const noValue = "ResourceNotFoundException: Secrets Manager can't find the specified secret value for";

async function withSecret() {
  const service = await openService();
  const [first, second] = [token(), token()];
  const { ARN } = await service.secrets.createSecret({
    Name: 'prod/db',
    SecretString: 'one',
    ClientRequestToken: first,
  });
  await service.secrets.putSecretValue({ SecretId: 'prod/db', SecretString: 'two', ClientRequestToken: second });
  return { ...service, ARN: ARN!, first, second };
}

test('text and bytes come back as they went in', async () => {
  const { secrets } = await openService();
  const text = 'ünïcödé \u0000 \r\n 🔑';
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  await secrets.createSecret({ Name: 'text', SecretString: text, ClientRequestToken: token() });
  await secrets.createSecret({ Name: 'bytes', SecretBinary: bytes, ClientRequestToken: token() });
  const asText = await secrets.getSecretValue({ SecretId: 'text' });
  const asBytes = await secrets.getSecretValue({ SecretId: 'bytes' });
  expect([asText.SecretString, asText.SecretBinary]).toEqual([text, undefined]);
  expect(asBytes.SecretString).toBeUndefined();
  expect(Buffer.from(asBytes.SecretBinary!)).toEqual(Buffer.from(bytes));
});

test('a name, an ARN and an ARN without its suffix mean the same secret', async () => {
  const { secrets, ARN } = await withSecret();
  for (const SecretId of ['prod/db', ARN, ARN.slice(0, -7)]) {
    expect((await secrets.getSecretValue({ SecretId })).ARN).toBe(ARN);
  }
});

test.each([
  ['an unknown name', 'none', noSecret],
  ['part of a name', 'prod', noSecret],
  ['an ARN with another suffix', `arn:aws:secretsmanager:${region}:${account}:secret:prod/db-zzzzzz`, noSecret],
  ['an ARN of another Region', `arn:aws:secretsmanager:us-east-1:${account}:secret:prod/db`, noSecret],
  ['an ARN of another account', `arn:aws:secretsmanager:${region}:210987654321:secret:prod/db`, noSecret],
  ['something that is no ARN', 'arn:aws:nothing', 'ValidationException: Invalid name.'],
  ['a bad name', 'prod db', 'ValidationException: Invalid name.'],
])('%s', async (_case, SecretId, expected) => {
  const { secrets } = await withSecret();
  expect(await refusal(secrets.getSecretValue({ SecretId }))).toContain(expected);
});

test('a version is found by its id, its label, or both', async () => {
  const { secrets, first } = await withSecret();
  for (const how of [
    { VersionId: first },
    { VersionStage: 'AWSPREVIOUS' },
    { VersionId: first, VersionStage: 'AWSPREVIOUS' },
  ]) {
    const answer = await secrets.getSecretValue({ SecretId: 'prod/db', ...how });
    expect([answer.SecretString, answer.VersionStages]).toEqual(['one', ['AWSPREVIOUS']]);
  }
});

test('an unknown version, an unknown label, and a label of another version', async () => {
  const { secrets, first } = await withSecret();
  const get = (how: object) => refusal(secrets.getSecretValue({ SecretId: 'prod/db', ...how }));
  const unknown = token();
  expect(await get({ VersionId: unknown })).toBe(`${noValue} VersionId: ${unknown}`);
  expect(await get({ VersionStage: 'AWSPENDING' })).toBe(`${noValue} staging label: AWSPENDING`);
  expect(await get({ VersionId: first, VersionStage: 'AWSCURRENT' })).toBe(
    'InvalidRequestException: You provided a VersionStage that is not associated to the provided VersionId.',
  );
});

test('the day of the last access is kept, for the secret and for the version', async () => {
  const { secrets, second, wait } = await withSecret();
  expect((await secrets.describeSecret({ SecretId: 'prod/db' })).LastAccessedDate).toBeUndefined();
  await secrets.getSecretValue({ SecretId: 'prod/db' });
  wait(day);
  await secrets.getSecretValue({ SecretId: 'prod/db', VersionStage: 'AWSPREVIOUS' });
  const { LastAccessedDate } = await secrets.describeSecret({ SecretId: 'prod/db' });
  expect(LastAccessedDate).toEqual(new Date('2026-03-02T00:00:00Z'));
  const { Versions } = await secrets.listSecretVersionIds({ SecretId: 'prod/db' });
  expect(Versions!.find(({ VersionId }) => VersionId === second)!.LastAccessedDate).toEqual(
    new Date('2026-03-01T00:00:00Z'),
  );
});
