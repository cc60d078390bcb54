import { expect, test } from 'vitest';
import { account, openService, region } from '../service.ts';

test('the caller is the root of the account', async () => {
  const { vault } = await openService();
  const ask = (other = account) =>
    vault.handle({ service: 'sts', operation: 'GetCallerIdentity', input: {}, region, account: other });
  expect(await ask()).toEqual({ UserId: account, Account: account, Arn: `arn:aws:iam::${account}:root` });
  expect(await ask('210987654321')).toMatchObject({ Account: '210987654321' });
});
