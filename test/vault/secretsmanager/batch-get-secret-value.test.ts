import { expect, test } from 'vitest';
import { openService, refusal, token } from '../service.ts';

async function withSecrets(count: number) {
  const { secrets } = await openService();
  for (let index = 0; index < count; index += 1) {
    const Name = `app/${String(index).padStart(2, '0')}`;
    await secrets.createSecret({ Name, SecretString: `value ${index}`, ClientRequestToken: token() });
  }
  return secrets;
}

test('values by name, and for each that has none what GetSecretValue says', async () => {
  const secrets = await withSecrets(2);
  await secrets.createSecret({ Name: 'empty' });
  await secrets.deleteSecret({ SecretId: 'app/01' });
  const { SecretValues, Errors } = await secrets.batchGetSecretValue({
    SecretIdList: ['app/00', 'app/01', 'none', 'empty'],
  });
  expect(SecretValues).toMatchObject([{ Name: 'app/00', SecretString: 'value 0', VersionStages: ['AWSCURRENT'] }]);
  expect(Errors).toEqual([
    {
      SecretId: 'app/01',
      ErrorCode: 'InvalidRequestException',
      Message: "You can't perform this operation on the secret because it was marked for deletion.",
    },
    {
      SecretId: 'none',
      ErrorCode: 'ResourceNotFoundException',
      Message: "Secrets Manager can't find the specified secret.",
    },
    {
      SecretId: 'empty',
      ErrorCode: 'ResourceNotFoundException',
      Message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    },
  ]);
});

test('values by filter, a page at a time', async () => {
  const secrets = await withSecrets(25);
  await secrets.createSecret({ Name: 'other', SecretString: 'x', ClientRequestToken: token() });
  const Filters = [{ Key: 'name' as const, Values: ['app/'] }];
  const found: string[] = [];
  let NextToken: string | undefined;
  const sizes: number[] = [];
  do {
    const page = await secrets.batchGetSecretValue({ Filters, NextToken });
    sizes.push(page.SecretValues!.length);
    found.push(...page.SecretValues!.map(({ SecretString }) => SecretString!));
    NextToken = page.NextToken;
  } while (NextToken);
  expect(sizes).toEqual([20, 5]);
  expect(new Set(found).size).toBe(25);
  const not = await secrets.batchGetSecretValue({ Filters: [{ Key: 'name', Values: ['!app/'] }] });
  expect(not.SecretValues).toMatchObject([{ Name: 'other' }]);
});

const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

test.each([
  [{}, /^InvalidParameterException: Either 'SecretIdList' or 'Filters' must be provided, but not both.$/],
  [{ SecretIdList: ['a'], Filters: [] }, /^InvalidParameterException: Either/],
  [{ SecretIdList: ['a'], MaxResults: 1 }, /^InvalidParameterException: 'Filters' not specified/],
  [
    { SecretIdList: [] },
    /at 'secretIdList' failed to satisfy constraint: Member must have length greater than or equal to 1$/,
  ],
  [{ SecretIdList: names(20) }, /^no error$/],
  [
    { SecretIdList: names(21) },
    /at 'secretIdList' failed to satisfy constraint: Member must have length less than or equal to 20$/,
  ],
  [{ Filters: [], MaxResults: 0 }, /at 'maxResults' .* greater than or equal to 1$/],
  [{ Filters: [], MaxResults: 20 }, /^no error$/],
  [{ Filters: [], MaxResults: 21 }, /at 'maxResults' .* less than or equal to 20$/],
  [{ Filters: [], NextToken: 'no token' }, /^InvalidNextTokenException/],
])('%j', async (input, expected) => {
  const { secrets } = await openService();
  expect(await refusal(secrets.batchGetSecretValue(input))).toMatch(expected);
});
