import { expect, test } from 'vitest';
import { account, openService } from '../service.ts';

test('the caller is the root of the account', async () => {
  const { sts, client } = await openService();
  expect(await sts.getCallerIdentity({})).toEqual({
    ...{ UserId: account, Account: account },
    Arn: `arn:aws:iam::${account}:root`,
  });
  const other = client<typeof sts>('sts', { account: '210987654321' });
  expect(await other.getCallerIdentity({})).toMatchObject({ Account: '210987654321' });
});
