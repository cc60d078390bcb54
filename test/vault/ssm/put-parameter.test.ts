import { beforeEach, describe, expect, it } from 'vitest';
import { refusal } from '../service.ts';
import { openSsm } from './service.ts';

let service: Awaited<ReturnType<typeof openSsm>>;
beforeEach(async () => {
  service = await openSsm();
});

const put = (fields: object) =>
  service.ssm.putParameter({ Name: '/app/url', Value: 'value', Type: 'String', ...fields } as never);
const get = async (Name = '/app/url') => (await service.ssm.getParameter({ Name, WithDecryption: true })).Parameter!;

describe('PutParameter', () => {
  it('makes version 1, then a version for each overwrite', async () => {
    await expect(put({})).resolves.toEqual({ Version: 1, Tier: 'Standard' });
    await expect(put({ Value: 'next', Overwrite: true })).resolves.toEqual({ Version: 2, Tier: 'Standard' });
    await expect(get()).resolves.toMatchObject({
      ...{ Name: '/app/url', Type: 'String', Value: 'next', Version: 2, DataType: 'text' },
      ARN: 'arn:aws:ssm:eu-west-1:123456789012:parameter/app/url',
      LastModifiedDate: service.now(),
    });
  });

  it('does not overwrite unless told so', async () => {
    await put({});
    await expect(refusal(put({ Value: 'next' }))).resolves.toBe(
      'ParameterAlreadyExists: The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
    expect((await get()).Value).toBe('value');
  });

  it.each([
    ['a', true],
    ['/a/b.c-d_E', true],
    [`/${'a/'.repeat(14)}a`, true],
    [`/${'a/'.repeat(15)}a`, 'HierarchyLevelLimitExceededException'],
    ['a/b', 'ValidationException: Parameter name must be a fully qualified name.'],
    ['/a//b', 'ValidationException: Parameter name: can'],
    ['/a/', 'ValidationException: Parameter name: can'],
    ['a b', 'ValidationException: Parameter name: can'],
    ['ssmthing', 'ValidationException: Parameter name: can'],
    ['/SSM/a', 'ValidationException: Parameter name: can'],
    ['/aws/a', 'AccessDeniedException: No access to reserved parameter name: /aws/a.'],
    [`/${'a'.repeat(964)}`, true],
    [`/${'a'.repeat(970)}`, 'ValidationException'],
    ['', "ValidationException: 1 validation error detected: Value '' at 'name'"],
  ])('takes a name or refuses it: %s', async (Name, verdict) => {
    const said = await refusal(put({ Name }));
    if (verdict === true) expect(said).toBe('no error');
    else expect(said.slice(0, String(verdict).length)).toBe(verdict);
  });

  it.each([
    ['Standard', 4096, true],
    ['Standard', 4097, 'Standard tier parameters support a maximum parameter value of 4096 characters.'],
    ['Advanced', 8192, true],
    ['Advanced', 8193, 'Advanced tier parameters support'],
    ['Intelligent-Tiering', 4097, true],
    ['Intelligent-Tiering', 8193, 'Advanced tier parameters support'],
    [
      'Advanced',
      32_769,
      "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length less than or equal to 32768",
    ],
  ])('%s holds %i characters or refuses them', async (Tier, length, verdict) => {
    const said = await refusal(put({ Tier, Value: 'x'.repeat(length) }));
    expect(said).toContain(verdict === true ? 'no error' : `ValidationException: ${verdict}`);
    expect(said).not.toContain('xxx');
  });

  it('chooses the tier where it may, and has no way back from Advanced', async () => {
    await expect(put({ Tier: 'Intelligent-Tiering' })).resolves.toMatchObject({ Tier: 'Standard' });
    const large = { Tier: 'Intelligent-Tiering', Value: 'x'.repeat(4097), Overwrite: true };
    await expect(put(large)).resolves.toMatchObject({ Tier: 'Advanced' });
    await expect(put({ Overwrite: true })).resolves.toMatchObject({ Tier: 'Advanced' });
    expect(await refusal(put({ Tier: 'Standard', Overwrite: true }))).toContain("You can't downgrade a parameter");
  });

  it.each([
    ['no type', { Type: undefined }, 'ValidationException: A parameter type is required when you create a parameter.'],
    [
      'an unknown type',
      { Type: 'Secret' },
      "ValidationException: 1 validation error detected: Value 'Secret' at 'type'",
    ],
    ['a reference in the value', { Value: 'a {{ssm:/b}} c' }, "ValidationException: Parameter value can't nest"],
    ['a data type', { DataType: 'Text' }, 'ValidationException: The following data type is not supported: Text'],
    ['a key for a String', { KeyId: 'alias/app' }, 'ValidationException: KeyId is required for SecureString'],
    ['a pattern it does not match', { AllowedPattern: '\\d+' }, 'ParameterPatternMismatchException'],
    ['a pattern that is none', { AllowedPattern: '(' }, 'InvalidAllowedPatternException'],
    [
      'tags with overwrite',
      { Overwrite: true, Tags: [{ Key: 'a', Value: 'b' }] },
      'ValidationException: Invalid request: tags and overwrite',
    ],
    ['no value', { Value: undefined }, "ValidationException: 1 validation error detected: Value null at 'value'"],
  ])('refuses %s', async (_, fields, text) => {
    expect((await refusal(put(fields))).slice(0, text.length)).toBe(text);
    expect(await refusal(get())).toBe('ParameterNotFound: ');
  });

  it('keeps the type a parameter has', async () => {
    await put({});
    expect(await refusal(put({ Type: 'SecureString', Overwrite: true }))).toContain('HierarchyTypeMismatchException');
    await expect(put({ Type: undefined, Overwrite: true })).resolves.toMatchObject({ Version: 2 });
  });

  it("names KMS's trouble as Parameter Store does", async () => {
    const said = await refusal(put({ Type: 'SecureString', KeyId: 'alias/none' }));
    expect(said).toMatch(
      /^InvalidKeyId: Alias arn:aws:kms:eu-west-1:123456789012:alias\/none is not found\. \(Service: AWSKMS; Status Code: 400; Error Code: NotFoundException; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
    );
  });

  it('keeps 100 versions, and lets the oldest go', async () => {
    await put({});
    for (let version = 2; version <= 102; version += 1) await put({ Overwrite: true, Value: `v${version}` });
    expect(await refusal(get('/app/url:2'))).toContain('ParameterVersionNotFound');
    expect((await get('/app/url:3')).Value).toBe('v3');
    expect((await get('/app/url:102')).Value).toBe('v102');
  });
});
