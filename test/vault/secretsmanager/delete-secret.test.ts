import { expect, test } from 'vitest';
import { day, openService, refusal, token } from '../service.ts';

const SecretId = 'a';
const noSecret = "ResourceNotFoundException: Secrets Manager can't find the specified secret.";

async function withSecret() {
  const service = await openService();
  const create = (SecretString = 'value') =>
    service.secrets.createSecret({ Name: SecretId, SecretString, ClientRequestToken: token() });
  const { ARN } = await create();
  return { ...service, ARN: ARN!, create };
}

test.each([
  [undefined, 30],
  [7, 7],
  [30, 30],
])('a window of %s days', async (RecoveryWindowInDays, days) => {
  const { secrets, ARN, now } = await withSecret();
  const DeletionDate = new Date(now().getTime() + days * day);
  const answer = await secrets.deleteSecret({ SecretId, RecoveryWindowInDays });
  expect(answer).toEqual({ ARN, Name: SecretId, DeletionDate });
  expect((await secrets.describeSecret({ SecretId })).DeletedDate).toEqual(DeletionDate);
});

test.each([
  [{ RecoveryWindowInDays: 6 }, 'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).'],
  [{ RecoveryWindowInDays: 31 }, 'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).'],
  [
    { RecoveryWindowInDays: 0, ForceDeleteWithoutRecovery: true },
    'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).',
  ],
  [
    { RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true },
    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
  ],
])('%o is refused', async (how, message) => {
  const { secrets } = await withSecret();
  expect(await refusal(secrets.deleteSecret({ SecretId, ...how }))).toBe(`InvalidParameterException: ${message}`);
});

test('a secret scheduled for deletion can be described and listed, not used', async () => {
  const { secrets, create } = await withSecret();
  await secrets.deleteSecret({ SecretId });
  const marked =
    "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.";
  const uses = [
    secrets.getSecretValue({ SecretId }),
    secrets.putSecretValue({ SecretId, SecretString: 'x', ClientRequestToken: token() }),
    secrets.updateSecret({ SecretId, Description: 'x' }),
    secrets.updateSecretVersionStage({ SecretId, VersionStage: 'x', MoveToVersionId: token() }),
    secrets.tagResource({ SecretId, Tags: [{ Key: 'k', Value: 'v' }] }),
    secrets.untagResource({ SecretId, TagKeys: ['k'] }),
  ];
  expect(new Set(await Promise.all(uses.map(refusal)))).toEqual(new Set([marked]));
  expect(await refusal(secrets.deleteSecret({ SecretId }))).toBe(
    "InvalidRequestException: You can't perform this operation on the secret because it was already scheduled for deletion.",
  );
  expect(await refusal(create())).toBe(
    "InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion.",
  );
  expect((await secrets.listSecretVersionIds({ SecretId })).Versions).toHaveLength(1);
});

test('a restored secret is as it was', async () => {
  const { secrets, ARN } = await withSecret();
  await secrets.deleteSecret({ SecretId });
  expect(await secrets.restoreSecret({ SecretId })).toEqual({ ARN, Name: SecretId });
  expect((await secrets.getSecretValue({ SecretId })).SecretString).toBe('value');
  expect((await secrets.describeSecret({ SecretId })).DeletedDate).toBeUndefined();
  expect(await refusal(secrets.restoreSecret({ SecretId: 'none' }))).toBe(noSecret);
});

test('when its window has passed it is gone, and the name is free', async () => {
  const { secrets, ARN, create, wait } = await withSecret();
  await secrets.deleteSecret({ SecretId, RecoveryWindowInDays: 7 });
  wait(7 * day - 1);
  expect(await refusal(secrets.describeSecret({ SecretId }))).toBe('no error');
  wait(1);
  for (const SecretId of ['a', ARN]) {
    expect(await refusal(secrets.describeSecret({ SecretId }))).toBe(noSecret);
    expect(await refusal(secrets.restoreSecret({ SecretId }))).toBe(noSecret);
    expect(await refusal(secrets.deleteSecret({ SecretId }))).toBe(noSecret);
  }
  expect((await create('new')).ARN).not.toBe(ARN);
  expect(await refusal(secrets.describeSecret({ SecretId: ARN }))).toBe(noSecret);
  expect((await secrets.listSecretVersionIds({ SecretId, IncludeDeprecated: true })).Versions).toHaveLength(1);
});

test('force leaves nothing to restore, and frees the name at once', async () => {
  const { secrets, ARN, create, now } = await withSecret();
  await secrets.deleteSecret({ SecretId });
  const answer = await secrets.deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true });
  expect(answer).toEqual({ ARN, Name: SecretId, DeletionDate: now() });
  expect(await refusal(secrets.restoreSecret({ SecretId }))).toBe(noSecret);
  expect((await create()).Name).toBe(SecretId);
});

test('a missing secret is an error without force, and none with it', async () => {
  const { secrets, now } = await openService();
  expect(await refusal(secrets.deleteSecret({ SecretId }))).toBe(noSecret);
  const force = { ForceDeleteWithoutRecovery: true };
  const byName = await secrets.deleteSecret({ SecretId, ...force });
  expect(byName).toMatchObject({ ARN: expect.stringMatching(/:secret:a-\w{6}$/), Name: 'a', DeletionDate: now() });
  const byArn = await secrets.deleteSecret({ SecretId: byName.ARN, ...force });
  expect(byArn).toEqual(byName);
});
