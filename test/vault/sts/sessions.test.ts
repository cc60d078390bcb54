import { beforeEach, expect, test } from 'vitest';
import { account, openService, refusal, region } from '../service.ts';

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

test.each([
  ['root', {}, 3600],
  ['root', { DurationSeconds: 7200 }, 3600],
  ['root', { DurationSeconds: 900 }, 900],
  ['user/ci', {}, 43_200],
  ['user/ci', { DurationSeconds: 129_600 }, 129_600],
])('a session token for %s, asked with %j, is good for %i seconds', async (who, input, seconds) => {
  const caller = { account, principal: `arn:aws:iam::${account}:${who}`, userId: account };
  const request = { service: 'sts', operation: 'GetSessionToken', region, input, caller } as const;
  const { Credentials } = (await service.vault.handle(request)) as { Credentials: { Expiration: Date } };
  expect(Credentials.Expiration.getTime() - service.now().getTime()).toBe(seconds * 1000);
});

test.each([
  [{ DurationSeconds: 899 }, /^ValidationError: 1 .* at 'durationSeconds' .* greater than or equal to 900$/],
  [{ DurationSeconds: 129_600 }, /^no error$/],
  [{ DurationSeconds: 129_601 }, /at 'durationSeconds' .* less than or equal to 129600$/],
  [{ SerialNumber: 'GAHT1234' }, /at 'serialNumber' .* greater than or equal to 9$/],
  [{ SerialNumber: 'GAHT12345', TokenCode: '123456' }, /^no error$/],
  [{ SerialNumber: 'GAHT12345' }, /^AccessDenied: MultiFactorAuthentication failed, must provide both/],
  [{ TokenCode: '123456' }, /^AccessDenied: MultiFactorAuthentication failed, must provide both/],
])('a session token asked for with %j', async (input, expected) => {
  expect(await refusal(service.sts.getSessionToken(input))).toMatch(expected);
});

test.each([
  [
    'aws-cn',
    'arn:aws-cn:iam::123456789012:role/service/a/deploy',
    'arn:aws-cn:sts::123456789012:assumed-role/deploy/me',
  ],
  ['none', 'arn:aws:iam::123456789012:role/d', 'arn:aws:sts::123456789012:assumed-role/d/me'],
])('the path of a role is not in the name of its session, its partition is: %s', async (_, RoleArn, Arn) => {
  const { AssumedRoleUser } = await service.sts.assumeRole({ RoleArn, RoleSessionName: 'me' });
  expect(AssumedRoleUser!.Arn).toBe(Arn);
});

const policyOf = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const Policy = policyOf({ Effect: 'Allow', Action: 'kms:*', Resource: '*' });
const filled = (length: number) => Policy + ' '.repeat(length - Policy.length);
const arnOf = (length: number) => 'arn:aws:iam::aws:policy/'.padEnd(length, 'a');

test.each([
  [{}, undefined],
  [{ Policy: filled(1024) }, 50],
  [{ Policy: filled(2000), PolicyArns: [{ arn: arnOf(48) }] }, 100],
  [{ Tags: [{ Key: 'a'.repeat(100), Value: 'b'.repeat(100) }] }, 10],
])('the room that policies and tags take: %#', async (more, percent) => {
  expect((await service.sts.assumeRole({ ...asked, ...more })).PackedPolicySize).toBe(percent);
});

/** The SDK gives its classes longer names than the wire has. */
const malformed = /^MalformedPolicyDocument(Exception)?: Syntax errors in policy\.$/;
const tooLarge = /^PackedPolicyTooLarge(Exception)?: Packed policy consumes 101% of allotted space, please use/;

test.each([
  [{ Policy }, /^no error$/],
  [{ Policy: 'no policy' }, malformed],
  [{ Policy: '{}' }, malformed],
  [{ Policy: policyOf({ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: '*' }) }, malformed],
  [{ Policy: policyOf({ Effect: 'Allow', Action: 'kms:*' }) }, malformed],
  [{ Policy: filled(2049) }, tooLarge],
  [{ Policy: filled(2000), PolicyArns: [{ arn: arnOf(49) }] }, tooLarge],
])('with the policies of %#', async (more, expected) => {
  expect(await refusal(service.sts.assumeRole({ ...asked, ...more }))).toMatch(expected);
});

const tagsOf = (...keys: string[]) => keys.map((Key) => ({ Key, Value: 'v' }));
const many = (count: number) => Array.from({ length: count }, (_, index) => `key${index}`);

test.each([
  [{ Tags: tagsOf(...many(50)), TransitiveTagKeys: many(50) }, /^no error$/],
  [{ Tags: tagsOf(...many(51)) }, /at 'tags' .* less than or equal to 50$/],
  [{ Tags: tagsOf('a'.repeat(129)) }, /at 'tags\.1\.member\.key' .* less than or equal to 128$/],
  [{ Tags: [{ Key: 'a', Value: 'b'.repeat(257) }] }, /at 'tags\.1\.member\.value' .* less than or equal to 256$/],
  [{ Tags: tagsOf('Team', 'team') }, /^InvalidParameterValue: Duplicate tag keys found\. .* case insensitive\.$/],
  [{ Tags: tagsOf('Team'), TransitiveTagKeys: ['team'] }, /^no error$/],
  [{ Tags: tagsOf('Team'), TransitiveTagKeys: ['other'] }, /^InvalidParameterValue: The specified transitive tag key/],
])('with the tags of %#', async (more, expected) => {
  expect(await refusal(service.sts.assumeRole({ ...asked, ...more }))).toMatch(expected);
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
  [{ TokenCode: '12345' }, /at 'tokenCode' .* greater than or equal to 6$/],
  [{ TokenCode: 'abcdef' }, /at 'tokenCode' .* regular expression/],
  [{ TokenCode: '123456' }, /^AccessDenied: MultiFactorAuthentication failed/],
  [{ ExternalId: 'a' }, /at 'externalId' .* greater than or equal to 2$/],
  [{ ExternalId: 'a'.repeat(1224) }, /^no error$/],
  [{ ExternalId: 'a'.repeat(1225) }, /at 'externalId' .* less than or equal to 1224$/],
  [{ SourceIdentity: 'a' }, /at 'sourceIdentity' .* greater than or equal to 2$/],
  [
    { PolicyArns: Array(11).fill({ arn: 'arn:aws:iam::aws:policy/A' }) },
    /at 'policyArns' .* less than or equal to 10$/,
  ],
  [{ PolicyArns: [{ arn: 'short' }] }, /at 'policyArns\.1\.member\.arn' .* greater than or equal to 20$/],
  [{ ProvidedContexts: [{ ContextAssertion: 'abc' }] }, /at 'providedContexts\.1\.member\.contextAssertion'/],
])('assuming a role with %j', async (more, expected) => {
  expect(await refusal(service.sts.assumeRole({ ...asked, ...more }))).toMatch(expected);
});
