import { expect, test } from 'vitest';
import { openService, refusal } from '../service.ts';

const SecretId = 'a';
const policyFor = (Principal: unknown, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'secretsmanager:GetSecretValue', Resource: '*', ...more }],
  });
const mine = policyFor({ AWS: 'arn:aws:iam::123456789012:root' });

async function withSecret() {
  const { secrets } = await openService();
  const { ARN } = await secrets.createSecret({ Name: SecretId });
  return { secrets, named: { ARN, Name: SecretId } };
}

test('a policy is put, returned as it came, and deleted', async () => {
  const { secrets, named } = await withSecret();
  expect(await secrets.getResourcePolicy({ SecretId })).toEqual(named);
  expect(await secrets.putResourcePolicy({ SecretId, ResourcePolicy: mine })).toEqual(named);
  expect(await secrets.getResourcePolicy({ SecretId })).toEqual({ ...named, ResourcePolicy: mine });
  expect(await secrets.deleteResourcePolicy({ SecretId })).toEqual(named);
  expect(await secrets.getResourcePolicy({ SecretId })).toEqual(named);
});

const malformed = 'MalformedPolicyDocumentException: This policy has invalid syntax.';

test.each([
  ['no JSON', '{', malformed],
  ['a list', '[]', malformed],
  ['no statement', '{"Version":"2012-10-17","Statement":[]}', malformed],
  ['an unknown version', mine.replace('2012-10-17', '2020-01-01'), malformed],
  ['an effect that is none', mine.replace('Allow', 'Maybe'), malformed],
  ['no action', mine.replace('"Action"', '"Deed"'), malformed],
  ['two kinds of resource', policyFor('*', { NotResource: '*' }), malformed],
  ['20,480 characters', `${mine}${' '.repeat(20_480 - mine.length)}`, 'no error'],
])('%s', async (_case, ResourcePolicy, expected) => {
  const { secrets } = await withSecret();
  expect(await refusal(secrets.putResourcePolicy({ SecretId, ResourcePolicy }))).toBe(expected);
  expect(await refusal(secrets.validateResourcePolicy({ ResourcePolicy }))).toBe(expected);
});

test('20,481 characters', async () => {
  const { secrets } = await withSecret();
  const ResourcePolicy = `${mine}${' '.repeat(20_481 - mine.length)}`;
  expect(await refusal(secrets.putResourcePolicy({ SecretId, ResourcePolicy }))).toMatch(
    /at 'resourcePolicy' failed to satisfy constraint: Member must have length less than or equal to 20480$/,
  );
});

test.each([
  ['everyone', policyFor('*'), false],
  ['everyone of every account', policyFor({ AWS: ['arn:aws:iam::123456789012:root', '*'] }), false],
  ['everyone under a condition that says nothing', policyFor('*', { Condition: {} }), false],
  ['everyone but one', policyFor(undefined, { NotPrincipal: { AWS: 'arn:aws:iam::123456789012:root' } }), false],
  ['everyone under a condition', policyFor('*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }), true],
  ['nobody', policyFor('*', { Effect: 'Deny' }), true],
  ['one account', mine, true],
])('a policy that lets in %s', async (_who, ResourcePolicy, passes) => {
  const { secrets } = await withSecret();
  const answer = await secrets.validateResourcePolicy({ SecretId, ResourcePolicy });
  expect(answer.PolicyValidationPassed).toBe(passes);
  expect(answer.ValidationErrors!.map(({ CheckName }) => CheckName)).toEqual(passes ? [] : ['PUBLIC_ACCESS']);
  const blocked = await refusal(secrets.putResourcePolicy({ SecretId, ResourcePolicy, BlockPublicPolicy: true }));
  expect(blocked).toMatch(passes ? /^no error$/ : /^PublicPolicyException: /);
  expect(await refusal(secrets.putResourcePolicy({ SecretId, ResourcePolicy }))).toBe('no error');
});

test('a secret that is not there', async () => {
  const { secrets } = await withSecret();
  const missing = "ResourceNotFoundException: Secrets Manager can't find the specified secret.";
  const wanted = { SecretId: 'none', ResourcePolicy: mine };
  expect(await refusal(secrets.putResourcePolicy(wanted))).toBe(missing);
  expect(await refusal(secrets.getResourcePolicy(wanted))).toBe(missing);
  expect(await refusal(secrets.deleteResourcePolicy(wanted))).toBe(missing);
  expect(await refusal(secrets.validateResourcePolicy(wanted))).toBe(missing);
});
