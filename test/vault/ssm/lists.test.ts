import { beforeAll, describe, expect, it } from 'vitest';
import { refusal } from '../service.ts';
import { openSsm } from './service.ts';

const names = ['/a', '/a/b', '/a/b/c', '/a/b2', '/b', 'plain', ...Array.from({ length: 25 }, (_, n) => `/many/n${n}`)];

let service: Awaited<ReturnType<typeof openSsm>>;
beforeAll(async () => {
  service = await openSsm();
  for (const Name of names) await service.ssm.putParameter({ Name, Value: Name, Type: 'String' });
  await service.ssm.putParameter({
    Name: '/b/pin',
    Value: 'x',
    Type: 'SecureString',
    Tags: [{ Key: 't', Value: 'v' }],
  });
});

async function byPath(input: object): Promise<string[]> {
  const { Parameters } = await service.ssm.getParametersByPath({ Path: '/', ...input });
  return Parameters!.map(({ Name }) => Name!);
}

async function described(ParameterFilters: object[], more: object = {}): Promise<string[]> {
  const { Parameters } = await service.ssm.describeParameters({ ParameterFilters, ...more } as never);
  return Parameters!.map(({ Name }) => Name!);
}

describe('GetParametersByPath', () => {
  it.each([
    ['/a', false, ['/a/b', '/a/b2']],
    ['/a/', false, ['/a/b', '/a/b2']],
    ['/a', true, ['/a/b', '/a/b/c', '/a/b2']],
    ['/a/b', true, ['/a/b/c']],
    ['/', false, ['/a', '/b', 'plain']],
    ['/none', true, []],
  ])('%s, recursive %s', async (Path, Recursive, expected) => {
    expect(await byPath({ Path, Recursive })).toEqual(expected);
  });

  it('gives every parameter once, in order, whatever the size of a page', async () => {
    for (const MaxResults of [1, 3, 10]) {
      const found: string[] = [];
      let NextToken: string | undefined;
      do {
        const page = await service.ssm.getParametersByPath({ Path: '/', Recursive: true, MaxResults, NextToken });
        found.push(...page.Parameters!.map(({ Name }) => Name!));
        ({ NextToken } = page);
      } while (NextToken);
      expect(found).toEqual([...names, '/b/pin'].sort());
    }
  });

  it.each([
    [
      { MaxResults: 11 },
      "ValidationException: 1 validation error detected: Value '11' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 10",
    ],
    [{ Path: 'a' }, "ValidationException: The parameter doesn't meet the parameter name requirements."],
    [
      { ParameterFilters: [{ Key: 'Name', Values: ['a'] }] },
      'InvalidFilterKey: The following filter key is not valid: Name. Valid filter keys include: [Type, KeyId, Label].',
    ],
    [{ NextToken: 'nonsense' }, 'InvalidNextToken'],
  ])('refuses %o', async (input, text) => {
    const said = await refusal(service.ssm.getParametersByPath({ Path: '/', ...input } as never));
    expect(said.slice(0, text.length)).toBe(text);
  });

  it('filters by type', async () => {
    const ParameterFilters = [{ Key: 'Type', Values: ['SecureString'] }];
    expect(await byPath({ Recursive: true, ParameterFilters })).toEqual(['/b/pin']);
  });
});

describe('DescribeParameters', () => {
  it.each([
    [[{ Key: 'Name', Values: ['/a', 'plain'] }], ['/a', 'plain']],
    [[{ Key: 'Name', Option: 'BeginsWith', Values: ['/a/b'] }], ['/a/b', '/a/b/c', '/a/b2']],
    [[{ Key: 'Name', Option: 'Contains', Values: ['b2'] }], ['/a/b2']],
    [[{ Key: 'Path', Values: ['/a'] }], ['/a/b', '/a/b2']],
    [[{ Key: 'Path', Option: 'Recursive', Values: ['/a'] }], ['/a/b', '/a/b/c', '/a/b2']],
    [[{ Key: 'Type', Values: ['SecureString'] }], ['/b/pin']],
    [[{ Key: 'KeyId', Values: ['alias/aws/ssm'] }], ['/b/pin']],
    [[{ Key: 'tag:t', Values: ['v'] }], ['/b/pin']],
    [[{ Key: 'tag:t', Values: ['w'] }], []],
    [
      [
        { Key: 'Type', Values: ['String'] },
        { Key: 'Name', Values: ['/b/pin'] },
      ],
      [],
    ],
  ])('%o', async (filters, expected) => {
    expect(await described(filters)).toEqual(expected);
  });

  it('shows no value', async () => {
    const { Parameters } = await service.ssm.describeParameters({ MaxResults: 1 });
    expect(Parameters![0]).toMatchObject({ Name: '/a', Type: 'String', Version: 1, Tier: 'Standard', Policies: [] });
    expect(Parameters![0]).not.toHaveProperty('Value');
  });

  it('takes either kind of filter, not both', async () => {
    const Filters = [{ Key: 'Name', Values: ['/b'] }] as const;
    expect(await described([], { Filters })).toEqual(['/b', '/b/pin']);
    const both = service.ssm.describeParameters({
      Filters,
      ParameterFilters: [{ Key: 'Name', Values: ['/b'] }],
    } as never);
    expect(await refusal(both)).toBe(
      'ValidationException: You can use either Filters or ParameterFilters in a single request.',
    );
  });
});
