import { expect, test } from 'vitest';
import { day, openService, refusal, token } from '../service.ts';

const SecretId = 'db';
const RotationLambdaARN = 'arn:aws:lambda:eu-west-1:123456789012:function:rotate';
const first = '00000000-0000-0000-0000-000000000001';
const second = '00000000-0000-0000-0000-000000000002';

async function withSecret() {
  const service = await openService();
  await service.secrets.createSecret({ Name: SecretId, SecretString: 'one', ClientRequestToken: first });
  return service;
}

const rotate = {
  SecretId,
  RotationLambdaARN,
  RotationRules: { AutomaticallyAfterDays: 30 },
  ClientRequestToken: second,
};

test('rotation begins with a version that has a label and no value', async () => {
  const { secrets } = await withSecret();
  expect(await secrets.rotateSecret(rotate)).toMatchObject({ Name: SecretId, VersionId: second });
  expect(await secrets.describeSecret({ SecretId })).toMatchObject({
    ...{ RotationEnabled: true, RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 30 } },
    VersionIdsToStages: { [first]: ['AWSCURRENT'], [second]: ['AWSPENDING'] },
  });
  expect(await refusal(secrets.getSecretValue({ SecretId, VersionStage: 'AWSPENDING' }))).toBe(
    "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
  );
  expect(await secrets.getSecretValue({ SecretId })).toMatchObject({ SecretString: 'one' });
});

test('the four steps of whoever rotates: the pending version gets its value, then becomes current', async () => {
  const { secrets, wait } = await withSecret();
  await secrets.rotateSecret(rotate);
  const put = { SecretId, SecretString: 'two', ClientRequestToken: second, VersionStages: ['AWSPENDING'] };
  await secrets.putSecretValue({ ...put, RotationToken: 'a'.repeat(36) });
  expect(await secrets.getSecretValue({ SecretId, VersionStage: 'AWSPENDING' })).toMatchObject({ SecretString: 'two' });
  const rotated = wait(day);
  await secrets.updateSecretVersionStage({
    ...{ SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: second, RemoveFromVersionId: first },
  });
  const described = await secrets.describeSecret({ SecretId });
  expect(described.LastRotatedDate).toEqual(rotated);
  expect(described.NextRotationDate).toEqual(new Date('2026-04-01T23:59:59.000Z'));
  expect(await secrets.getSecretValue({ SecretId })).toMatchObject({ SecretString: 'two' });
  const third = token();
  expect(await secrets.rotateSecret({ SecretId, ClientRequestToken: third })).toMatchObject({ VersionId: third });
});

test('one rotation at a time; the same token once more is the same rotation', async () => {
  const { secrets } = await withSecret();
  await secrets.rotateSecret(rotate);
  await secrets.rotateSecret(rotate);
  expect(await refusal(secrets.rotateSecret({ SecretId, ClientRequestToken: token() }))).toBe(
    "InvalidRequestException: A previous rotation isn't complete. That rotation will be reattempted.",
  );
});

test('settings alone are kept without a rotation', async () => {
  const { secrets, now } = await withSecret();
  expect(now().getUTCMonth()).toBe(2);
  const ScheduleExpression = 'rate(10 days)';
  const RotationRules = { ScheduleExpression, Duration: '2h' };
  const answer = await secrets.rotateSecret({ ...rotate, RotationRules, RotateImmediately: false });
  expect(answer.VersionId).toBeUndefined();
  expect(await secrets.describeSecret({ SecretId })).toMatchObject({
    RotationRules,
    NextRotationDate: new Date('2026-03-11T01:59:59.000Z'),
    VersionIdsToStages: { [first]: ['AWSCURRENT'] },
  });
});

test('cancelling turns it off and leaves the label where it is', async () => {
  const { secrets } = await withSecret();
  await secrets.rotateSecret(rotate);
  expect(await secrets.cancelRotateSecret({ SecretId })).toMatchObject({ Name: SecretId, VersionId: second });
  const described = await secrets.describeSecret({ SecretId });
  expect(described).toMatchObject({ RotationEnabled: false, RotationLambdaARN });
  expect(described.NextRotationDate).toBeUndefined();
  expect(described.VersionIdsToStages).toHaveProperty(second);
});

test('a tag moves no date, a value put by hand does, and settings that a request leaves out stay', async () => {
  const { secrets, wait } = await withSecret();
  await secrets.rotateSecret({ ...rotate, RotateImmediately: false });
  const next = async () => (await secrets.describeSecret({ SecretId })).NextRotationDate;
  wait(5 * day);
  await secrets.tagResource({ SecretId, Tags: [{ Key: 'k', Value: 'v' }] });
  expect(await next()).toEqual(new Date('2026-03-31T23:59:59.000Z'));
  await secrets.rotateSecret({ SecretId, RotateImmediately: false, ClientRequestToken: token() });
  expect(await next()).toEqual(new Date('2026-03-31T23:59:59.000Z'));
  await secrets.putSecretValue({ SecretId, SecretString: 'by hand', ClientRequestToken: token() });
  expect(await next()).toEqual(new Date('2026-04-05T23:59:59.000Z'));
});

test('once rotated, a schedule is told in days too; once cancelled, there is no date', async () => {
  const { secrets, now } = await withSecret();
  expect(now().getUTCMonth()).toBe(2);
  const RotationRules = { ScheduleExpression: 'cron(0 16 1,15 * ? *)', Duration: '2h' };
  await secrets.rotateSecret({ ...rotate, RotationRules });
  expect((await secrets.describeSecret({ SecretId })).RotationRules).toEqual(RotationRules);
  await secrets.putSecretValue({ SecretId, SecretString: 'two', ClientRequestToken: second });
  const described = await secrets.describeSecret({ SecretId });
  expect(described).toMatchObject({
    RotationRules: { ...RotationRules, AutomaticallyAfterDays: 1 },
    NextRotationDate: new Date('2026-03-01T17:59:59.000Z'),
  });
  expect(described.LastRotatedDate).toBeDefined();
  await secrets.cancelRotateSecret({ SecretId });
  const cancelled = await secrets.describeSecret({ SecretId });
  expect([cancelled.LastRotatedDate, cancelled.NextRotationDate]).toEqual([undefined, undefined]);
  expect(cancelled.RotationRules).toEqual(RotationRules);
});

test('a version without a value does not become the current one', async () => {
  const { secrets, vault } = await withSecret();
  await secrets.rotateSecret(rotate);
  const move = { SecretId, MoveToVersionId: second, RemoveFromVersionId: first, VersionStage: 'AWSCURRENT' };
  expect(await refusal(secrets.updateSecretVersionStage(move))).toBe(
    `ResourceNotFoundException: Secrets Manager can't find the specified secret value for VersionId: ${second}`,
  );
  await secrets.createSecret({ Name: 'empty' });
  await secrets.rotateSecret({ ...rotate, SecretId: 'empty' });
  expect(await vault.verify()).toEqual([]);
});

const noLambda = 'InvalidRequestException: No Lambda rotation function ARN is associated with this secret.';

test('without anybody to rotate there is no rotation', async () => {
  const { secrets } = await withSecret();
  expect(await refusal(secrets.rotateSecret({ SecretId, ClientRequestToken: second }))).toBe(noLambda);
  expect(await refusal(secrets.cancelRotateSecret({ SecretId }))).toBe(noLambda);
  expect((await secrets.describeSecret({ SecretId })).RotationEnabled).toBeUndefined();
});

test.each([
  [{ AutomaticallyAfterDays: 0 }, /automaticallyAfterDays.* greater than or equal to 1$/],
  [{ AutomaticallyAfterDays: 1 }, /^no error$/],
  [{ AutomaticallyAfterDays: 1000 }, /^no error$/],
  [{ AutomaticallyAfterDays: 1001 }, /automaticallyAfterDays.* less than or equal to 1000$/],
  [{ Duration: '3' }, /duration.* greater than or equal to 2/],
  [{ Duration: '100h' }, /duration.* less than or equal to 3/],
  [
    { ScheduleExpression: 'rate(1 day)', AutomaticallyAfterDays: 1 },
    /^InvalidParameterException: You cannot specify both rotation frequency and schedule expression together\.$/,
  ],
  [{ ScheduleExpression: 'cron(0 8 1 * ? *)' }, /^no error$/],
  [{ ScheduleExpression: 'rate[1]' }, /scheduleExpression.* regular expression/],
  [{ ScheduleExpression: 'daily' }, /^InvalidParameterException: The ScheduleExpression is not/],
  [{ ScheduleExpression: 'rate(4 hours)', Duration: '4h' }, /^no error$/],
  [{ ScheduleExpression: 'rate(4 hours)', Duration: '5h' }, /^InvalidParameterException: The rotation window must/],
])('rules %j', async (RotationRules, expected) => {
  const { secrets } = await withSecret();
  expect(await refusal(secrets.rotateSecret({ ...rotate, RotationRules }))).toMatch(expected);
});
