import { expect, test } from 'vitest';
import { openService, refusal, token } from '../service.ts';

const SecretId = 'a';

async function withSecret() {
  const service = await openService();
  const first = token();
  const { ARN } = await service.secrets.createSecret({
    Name: SecretId,
    SecretString: 'one',
    ClientRequestToken: first,
  });
  const put = (SecretString: string, VersionStages?: string[], ClientRequestToken = token()) =>
    service.secrets.putSecretValue({ SecretId, SecretString, VersionStages, ClientRequestToken });
  const stages = async () => (await service.secrets.describeSecret({ SecretId })).VersionIdsToStages;
  return { ...service, ARN, first, put, stages };
}

test('the new version becomes AWSCURRENT, the one before AWSPREVIOUS, the one before that loses its label', async () => {
  const { put, stages, first } = await withSecret();
  const second = await put('two');
  expect(second.VersionStages).toEqual(['AWSCURRENT']);
  expect(await stages()).toEqual({ [second.VersionId!]: ['AWSCURRENT'], [first]: ['AWSPREVIOUS'] });
  const third = await put('three');
  expect(await stages()).toEqual({ [third.VersionId!]: ['AWSCURRENT'], [second.VersionId!]: ['AWSPREVIOUS'] });
});

test('labels of its own leave AWSCURRENT where it is, and come off the version that had them', async () => {
  const { put, stages, first } = await withSecret();
  await put('two', ['AWSPENDING', 'mine']);
  const third = await put('three', ['mine']);
  const { VersionId } = (await put('four', ['AWSPENDING'])) ?? {};
  expect(await stages()).toEqual({
    [first]: ['AWSCURRENT'],
    [third.VersionId!]: ['mine'],
    [VersionId!]: ['AWSPENDING'],
  });
});

test('the first version of a secret becomes AWSCURRENT, whatever else was asked', async () => {
  const { secrets } = await openService();
  await secrets.createSecret({ Name: SecretId });
  const answer = await secrets.putSecretValue({
    SecretId,
    SecretString: 'one',
    VersionStages: ['AWSPENDING'],
    ClientRequestToken: token(),
  });
  expect(answer.VersionStages).toEqual(['AWSCURRENT', 'AWSPENDING']);
});

test('the same token with the same value changes nothing', async () => {
  const { put, stages, first, secrets, wait, now } = await withSecret();
  await put('two');
  const [before, changed] = [await stages(), now()];
  wait(1000);
  expect(await put('one', undefined, first)).toMatchObject({ VersionId: first, VersionStages: ['AWSPREVIOUS'] });
  expect(await stages()).toEqual(before);
  expect((await secrets.describeSecret({ SecretId })).LastChangedDate).toEqual(changed);
});

test('the same token with another value is refused', async () => {
  const { put, first, ARN } = await withSecret();
  expect(await refusal(put('other', undefined, first))).toBe(
    `ResourceExistsException: You can't use ClientRequestToken ${first} because that value is already in use for a version of secret ${ARN}.`,
  );
});

test('a missing value', async () => {
  const { secrets } = await withSecret();
  expect(await refusal(secrets.putSecretValue({ SecretId, ClientRequestToken: token() }))).toBe(
    'InvalidRequestException: You must provide either SecretString or SecretBinary.',
  );
});

test('a version carries 20 labels and no more', async () => {
  const { put, secrets, first } = await withSecret();
  const labels = Array.from({ length: 20 }, (_, index) => `label-${index}`);
  const { VersionId } = await put('two', labels);
  expect(await refusal(put('three', [...labels, 'one-more']))).toMatch(/^ValidationException/);
  const add = { SecretId, VersionStage: 'one-more', MoveToVersionId: VersionId };
  expect(await refusal(secrets.updateSecretVersionStage(add))).toMatch(/^LimitExceededException/);
  expect(await refusal(secrets.updateSecretVersionStage({ ...add, MoveToVersionId: first }))).toBe('no error');
});
