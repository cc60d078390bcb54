import { expect, test } from 'vitest';
import { openKms, refusal, violation } from './service.ts';

test('there are no custom key stores', async () => {
  const { kms } = await openKms();
  expect(await kms.describeCustomKeyStores({})).toEqual({ CustomKeyStores: [], Truncated: false });
  for (const asked of [{ CustomKeyStoreId: 'cks-1' }, { CustomKeyStoreName: 'cks-1' }]) {
    expect(await refusal(kms.describeCustomKeyStores(asked))).toBe(
      'CustomKeyStoreNotFoundException: The custom key store cks-1 does not exist.',
    );
  }
  expect(await refusal(kms.describeCustomKeyStores({ CustomKeyStoreId: 'a', CustomKeyStoreName: 'b' }))).toBe(
    'ValidationException: Specify either CustomKeyStoreId or CustomKeyStoreName, but not both.',
  );
});

test('a vault takes no custom key store', async () => {
  const { kms } = await openKms();
  const one = { CustomKeyStoreId: 'cks-1' };
  const calls = [
    kms.createCustomKeyStore({ CustomKeyStoreName: 'mine' }),
    kms.connectCustomKeyStore(one),
    kms.disconnectCustomKeyStore(one),
    kms.updateCustomKeyStore(one),
    kms.deleteCustomKeyStore(one),
  ];
  for (const call of calls) {
    expect(await refusal(call)).toBe(
      'UnsupportedOperationException: The vault has no custom key stores: its keys are in the vault itself.',
    );
  }
  expect(await refusal(kms.connectCustomKeyStore({ CustomKeyStoreId: '' }))).toBe(
    violation(
      "'' at 'customKeyStoreId' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ),
  );
});
