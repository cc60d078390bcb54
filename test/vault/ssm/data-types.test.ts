import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from 'vitest';
import { refusal, token } from '../service.ts';
import { openSsm } from './service.ts';

let service: Awaited<ReturnType<typeof openSsm>>;
beforeEach(async () => {
  service = await openSsm();
});

describe('data types', () => {
  const ami = { Name: 'image', Type: 'String' as const, DataType: 'aws:ec2:image', Value: 'ami-0123456789abcdef0' };
  const webhook = '/d9d01087-4a3f-49e0-b0b4-d568d7826553/ssm/integrations/webhook/a';
  const integration = { Name: webhook, Type: 'SecureString' as const, DataType: 'aws:ssm:integration', Value: '{}' };

  it.each([
    ['an image', ami, /^no error$/],
    ['an image of the old form', { ...ami, Value: 'ami-01234567' }, /^no error$/],
    ['no image', { ...ami, Value: 'ami-xyz' }, /^ValidationException: .*Amazon Machine Image/],
    ['a secret image', { ...ami, Type: 'SecureString' as const }, /^ValidationException/],
    ['an integration', integration, /^no error$/],
    ['an integration elsewhere', { ...integration, Name: '/a' }, /^ValidationException: .*aws:ssm:integration/],
    ['an integration in the clear', { ...integration, Type: 'String' as const }, /^ValidationException/],
    ['another', { ...ami, DataType: 'Text' }, /^ValidationException: The following data type is not supported: Text/],
  ])('%s', async (_case, input, expected) => {
    expect(await refusal(service.ssm.putParameter(input))).toMatch(expected);
  });
});

it('a SecureString that is overwritten without a key goes to the default key', async () => {
  await service.newKey('alias/mine');
  const put = { Name: 'a', Value: 'v', Type: 'SecureString' as const };
  await service.ssm.putParameter({ ...put, KeyId: 'alias/mine' });
  await service.ssm.putParameter({ ...put, Overwrite: true });
  const { Parameters } = await service.ssm.getParameterHistory({ Name: 'a' });
  expect(Parameters!.map(({ KeyId }) => KeyId)).toEqual(['alias/mine', 'alias/aws/ssm']);
});

describe('a secret read as a parameter', () => {
  const Name = '/aws/reference/secretsmanager/app/db';
  const read = (name: string, WithDecryption = true) => service.ssm.getParameter({ Name: name, WithDecryption });
  let ARN: string;

  beforeEach(async () => {
    const secrets = service.client<SecretsManager>('secretsmanager');
    const created = await secrets.createSecret({ Name: 'app/db', SecretString: 'one', ClientRequestToken: token() });
    ARN = created.ARN!;
    await secrets.putSecretValue({ SecretId: 'app/db', SecretString: 'two', ClientRequestToken: token() });
  });

  it('has the value, and says where it comes from', async () => {
    const { Parameter } = await read(Name);
    expect(Parameter).toMatchObject({ Name, Type: 'SecureString', Value: 'two', Version: 0, ARN });
    expect(JSON.parse(Parameter!.SourceResult!)).toMatchObject({ ARN, Name: 'app/db', SecretString: 'two' });
  });

  it('has the version of a label or an id', async () => {
    const { Parameter } = await read(`${Name}:AWSPREVIOUS`);
    expect(Parameter).toMatchObject({ Value: 'one', Selector: ':AWSPREVIOUS' });
    const { VersionId } = JSON.parse(Parameter!.SourceResult!) as { VersionId: string };
    expect((await read(`${Name}:${VersionId}`)).Parameter!.Value).toBe('one');
  });

  it('is not there, or not to be decrypted', async () => {
    expect(await refusal(read('/aws/reference/secretsmanager/none'))).toBe(
      'ParameterNotFound: An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret /aws/reference/secretsmanager/none not found.',
    );
    expect(await refusal(read(Name, false))).toBe(
      'ValidationException: WithDecryption flag must be True for retrieving a Secret Manager secret.',
    );
    const { Parameters, InvalidParameters } = await service.ssm.getParameters({
      ...{ Names: [Name, '/aws/reference/secretsmanager/none'], WithDecryption: true },
    });
    expect(Parameters!.map(({ Value }) => Value)).toEqual(['two']);
    expect(InvalidParameters).toEqual(['/aws/reference/secretsmanager/none']);
  });
});

describe('filters of DescribeParameters', () => {
  const described = async (ParameterFilters: object[]) =>
    (await service.ssm.describeParameters({ ParameterFilters } as never)).Parameters!.map(({ Name }) => Name);
  beforeEach(async () => {
    const Tags = [{ Key: 'env', Value: 'prod' }];
    await service.ssm.putParameter({ Name: '/a', Value: 'v', Type: 'String', Tags });
    await service.ssm.putParameter({ Name: '/b', Value: 'v', Type: 'StringList', Tier: 'Advanced' });
  });

  it.each([
    [{ Key: 'tag:env' }, ['/a']],
    [{ Key: 'tag:env', Option: 'BeginsWith', Values: ['pr'] }, ['/a']],
    [{ Key: 'tag:env', Values: ['dev'] }, []],
    [{ Key: 'Tier', Values: ['Advanced'] }, ['/b']],
    [{ Key: 'Type', Option: 'BeginsWith', Values: ['String'] }, ['/a', '/b']],
    [{ Key: 'DataType', Values: ['text'] }, ['/a', '/b']],
  ])('%o', async (filter, expected) => {
    expect(await described([filter])).toEqual(expected);
  });

  it.each([
    [[{ Key: 'Label', Values: ['a'] }], /^InvalidFilterKey/],
    [[{ Key: 'Type', Option: 'Contains', Values: ['a'] }], /^InvalidFilterOption/],
    [[{ Key: 'Path', Option: 'Equals', Values: ['/a'] }], /^InvalidFilterOption/],
    [[{ Key: 'Name' }], /^InvalidFilterValue/],
    [
      [
        { Key: 'Type', Values: ['String'] },
        { Key: 'Type', Values: ['StringList'] },
      ],
      /^ValidationException: .*duplicated/,
    ],
  ])('refuses %o', async (filters, expected) => {
    expect(await refusal(described(filters))).toMatch(expected);
  });

  it('finds nothing that others share', async () => {
    expect((await service.ssm.describeParameters({ Shared: true })).Parameters).toEqual([]);
  });
});
