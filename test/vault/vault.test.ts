import { expect, test } from 'vitest';
import { createVault } from '../../src/vault/vault.ts';
import { account, openService, refusal, region, rootSecret } from './service.ts';

const create = (clock?: () => Date) =>
  createVault({ file: ':memory:', secret: rootSecret, account, ...(clock && { clock }) });

test.each(['PutSecret', 'getSecretValue', 'constructor', '__proto__', 'toString', ''])(
  'no operation is called %j',
  async (operation) => {
    const vault = await create();
    const call = vault.handle({ service: 'secretsmanager', operation, input: {}, region });
    expect(await refusal(call)).toBe(
      `UnknownOperationException: The vault does not know the operation ${operation} of secretsmanager`,
    );
  },
);

test('types are checked before rules, and rules before anything is looked up', async () => {
  const vault = await create();
  const ask = (input: unknown) =>
    refusal(vault.handle({ service: 'kms', operation: 'GenerateDataKey', input, region }));
  expect(await ask({ KeyId: 'x', NumberOfBytes: '0' })).toMatch(/^SerializationException: /);
  expect(await ask({ KeyId: 'x', NumberOfBytes: 0 })).toMatch(/^ValidationException: 1 validation error detected/);
  expect(await ask({ KeyId: 'x', NumberOfBytes: 1 })).toMatch(/^NotFoundException: /);
  for (const nothing of [undefined, null]) expect(await ask(nothing)).toMatch(/^ValidationException: .* at 'keyId'/);
});

test('a request sees one moment', async () => {
  let calls = 0;
  const vault = await create(() => new Date(1_800_000_000_000 + 1000 * calls++));
  const before = calls;
  await vault.handle({ service: 'kms', operation: 'CreateKey', input: {}, region });
  expect(calls).toBe(before + 1);
});

test('a write that fails leaves nothing behind', async () => {
  const { vault, secrets, kms } = await openService();
  const refused = secrets.createSecret({
    Name: 'a',
    SecretString: 'value',
    ClientRequestToken: 'a'.repeat(32),
    Tags: Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' })),
  });
  expect(await refusal(refused)).toMatch(/^InvalidParameterException: /);
  expect((await secrets.listSecrets({})).SecretList).toEqual([]);
  expect((await kms.listKeys({})).Keys).toEqual([]);
  expect(await vault.verify()).toEqual([]);
});

test('verifying looks into every account and Region', async () => {
  const vault = await create();
  for (const place of [{ region }, { region: 'us-east-1' }, { region, account: '210987654321' }]) {
    const input = { Name: 'a', SecretString: 'value', ClientRequestToken: 'a'.repeat(32) };
    await vault.handle({ service: 'secretsmanager', operation: 'CreateSecret', input, ...place });
  }
  expect(await vault.verify()).toEqual([]);
});
