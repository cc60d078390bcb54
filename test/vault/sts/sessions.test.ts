import { beforeEach, expect, test } from 'vitest';
import { account, openService, refusal } from '../service.ts';

let service: Awaited<ReturnType<typeof openService>>;
beforeEach(async () => {
  service = await openService();
});

const RoleArn = 'arn:aws:iam::210987654321:role/path/deploy';
const asked = { RoleArn, RoleSessionName: 'me@work' };

test('a role is assumed', async () => {
  const { Credentials, AssumedRoleUser } = await service.sts.assumeRole(asked);
  expect(AssumedRoleUser).toEqual({
    AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:me@work$/),
    Arn: 'arn:aws:sts::210987654321:assumed-role/deploy/me@work',
  });
  expect(Credentials).toMatchObject({
    AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
    SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
    SessionToken: expect.any(String),
  });
  const seconds = (Credentials!.Expiration!.getTime() - service.now().getTime()) / 1000;
  expect(Math.round(seconds)).toBe(3600);
  expect((await service.sts.assumeRole(asked)).AssumedRoleUser).toEqual(AssumedRoleUser);
});

test('what the vault finds behind temporary credentials', async () => {
  const { accessKeys } = service.vault;
  const { Credentials } = await service.sts.assumeRole({ ...asked, DurationSeconds: 900 });
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials as unknown as Record<string, string>;
  const find = (token: string | undefined) => accessKeys.find(AccessKeyId!, token, service.now());
  expect(find(SessionToken)).toMatchObject({
    secret: SecretAccessKey,
    caller: { account: '210987654321', principal: 'arn:aws:sts::210987654321:assumed-role/deploy/me@work' },
  });
  expect(find(undefined)).toBeUndefined();
  expect(find(`${String(SessionToken).slice(0, -4)}AAAA`)).toBeUndefined();
  expect(find('no token')).toBeUndefined();
  expect(accessKeys.find('ASIAIOSFODNN7EXAMPLE', SessionToken, service.now())).toBeUndefined();
  service.wait(900_001);
  expect(find(SessionToken)).toBe('expired');
});

test('a session token for who asks; of the root, for an hour at most', async () => {
  const { Credentials } = await service.sts.getSessionToken({ DurationSeconds: 7200 });
  expect(Math.round((Credentials!.Expiration!.getTime() - service.now().getTime()) / 1000)).toBe(3600);
});

test('which account an access key belongs to', async () => {
  const { accessKeyId } = service.vault.accessKeys.create({ user: 'ci' });
  expect(await service.sts.getAccessKeyInfo({ AccessKeyId: accessKeyId })).toEqual({ Account: account });
  expect(await refusal(service.sts.getAccessKeyInfo({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }))).toMatch(
    /^ValidationError/,
  );
});

test.each([
  [{ RoleArn: 'a'.repeat(19) }, /^ValidationError: 1 validation error detected: .* at 'roleArn' .* equal to 20$/],
  [{ RoleArn: `arn:aws:iam::${account}:user/me` }, /^ValidationError: .* is invalid$/],
  [{ RoleSessionName: 'a' }, /at 'roleSessionName' .* greater than or equal to 2$/],
  [{ RoleSessionName: 'a'.repeat(64) }, /^no error$/],
  [{ RoleSessionName: 'a'.repeat(65) }, /at 'roleSessionName' .* less than or equal to 64$/],
  [{ RoleSessionName: 'a b' }, /at 'roleSessionName' .* regular expression/],
  [{ DurationSeconds: 899 }, /at 'durationSeconds' .* greater than or equal to 900$/],
  [{ DurationSeconds: 43_200 }, /^no error$/],
  [{ DurationSeconds: 43_201 }, /at 'durationSeconds' .* less than or equal to 43200$/],
  [{ Tags: [{ Key: 'a', Value: '' }], PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] }, /^no error$/],
  [{ TokenCode: '12345' }, /at 'tokenCode'/],
])('assuming a role with %j', async (more, expected) => {
  expect(await refusal(service.sts.assumeRole({ ...asked, ...more }))).toMatch(expected);
});
