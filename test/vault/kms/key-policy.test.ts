import { expect, test } from 'vitest';
import { account, openKms, refusal } from './service.ts';

const policyFor = (AWS: string, Action: string | string[] = 'kms:*', Effect = 'Allow') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Principal: { AWS }, Action, Resource: '*' }] });
const root = `arn:aws:iam::${account}:root`;

test('a key has the default policy until it is given another', async () => {
  const { kms, KeyId } = await openKms();
  const { Policy, PolicyName } = await kms.getKeyPolicy({ KeyId });
  expect(PolicyName).toBe('default');
  expect(JSON.parse(Policy!)).toEqual({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      { Sid: 'Enable IAM User Permissions', Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' },
    ],
  });
  await kms.putKeyPolicy({ KeyId, Policy: policyFor(root) });
  expect(await kms.getKeyPolicy({ KeyId, PolicyName: 'default' })).toEqual({
    Policy: policyFor(root),
    PolicyName: 'default',
  });
  expect(await kms.listKeyPolicies({ KeyId })).toEqual({ PolicyNames: ['default'], Truncated: false });
  const { KeyMetadata } = await kms.createKey({ Policy: policyFor(account) });
  expect((await kms.getKeyPolicy({ KeyId: KeyMetadata!.KeyId })).Policy).toBe(policyFor(account));
});

const lockedOut =
  'MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.';

test.each([
  ['one that lets in nobody', policyFor(root, 'kms:*', 'Deny'), lockedOut],
  ['one for somebody else', policyFor('arn:aws:iam::210987654321:root'), lockedOut],
  ['one for other actions', policyFor(root, ['kms:Encrypt', 'kms:Put?']), lockedOut],
  ['one with a wildcard', policyFor(root, 'KMS:put*'), 'no error'],
  ['one for everybody', policyFor('*', 'kms:PutKeyPolicy'), 'no error'],
  ['no JSON', '{', 'MalformedPolicyDocumentException: This policy has invalid syntax.'],
  ['32,768 bytes', policyFor(root).padEnd(32_768), 'no error'],
  [
    '32,769 bytes',
    policyFor(root).padEnd(32_769),
    'LimitExceededException: The policy exceeds the maximum size of 32768 bytes.',
  ],
])('%s', async (_case, Policy, expected) => {
  const { kms, KeyId } = await openKms();
  expect(await refusal(kms.putKeyPolicy({ KeyId, Policy }))).toBe(expected);
  expect(await refusal(kms.createKey({ Policy }))).toBe(expected);
  const bypassed = expected === lockedOut ? 'no error' : expected;
  expect(await refusal(kms.putKeyPolicy({ KeyId, Policy, BypassPolicyLockoutSafetyCheck: true }))).toBe(bypassed);
});

test('there is no policy of another name', async () => {
  const { kms, KeyId } = await openKms();
  const missing = 'NotFoundException: No such policy exists';
  expect(await refusal(kms.getKeyPolicy({ KeyId, PolicyName: 'other' }))).toBe(missing);
  expect(await refusal(kms.putKeyPolicy({ KeyId, PolicyName: 'other', Policy: policyFor(root) }))).toBe(missing);
});
