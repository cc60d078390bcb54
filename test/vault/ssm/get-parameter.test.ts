import { beforeEach, describe, expect, it } from 'vitest';
import { refusal } from '../service.ts';
import { openSsm } from './service.ts';

let service: Awaited<ReturnType<typeof openSsm>>;
beforeEach(async () => {
  service = await openSsm();
  await service.newKey('alias/app');
  await service.ssm.putParameter({ Name: '/app/pin', Value: 'first', Type: 'SecureString', KeyId: 'alias/app' });
  await service.ssm.putParameter({ Name: '/app/pin', Value: 'second', Overwrite: true });
  await service.ssm.putParameter({ Name: 'plain', Value: 'x', Type: 'String' });
});

const arn = 'arn:aws:ssm:eu-west-1:123456789012:parameter/app/pin';

describe('GetParameter', () => {
  it.each([
    ['/app/pin', 'second', undefined],
    ['/app/pin:1', 'first', ':1'],
    [arn, 'second', undefined],
    [`${arn}:1`, 'first', ':1'],
    ['plain', 'x', undefined],
    ['arn:aws:ssm:eu-west-1:123456789012:parameter/plain', 'x', undefined],
  ])('finds %s', async (Name, Value, Selector) => {
    const { Parameter } = await service.ssm.getParameter({ Name, WithDecryption: true });
    expect([Parameter!.Value, Parameter!.Selector]).toEqual([Value, Selector]);
  });

  it('shows what is stored of a SecureString that is not to be decrypted', async () => {
    const { Parameter } = await service.ssm.getParameter({ Name: '/app/pin' });
    expect(Parameter!.Value).toMatch(/^[A-Za-z0-9+/]{100,}=*$/);
    expect(Buffer.from(Parameter!.Value!, 'base64').includes('second')).toBe(false);
  });

  it.each([
    ['/app/none', 'ParameterNotFound: '],
    [
      '/app/pin:9',
      'ParameterVersionNotFound: Systems Manager could not find version 9 of /app/pin. Verify the version and try again.',
    ],
    ['/app/pin:label', 'ParameterVersionNotFound: Systems Manager could not find version label of /app/pin.'],
    ['arn:aws:ssm:eu-west-1:999999999999:parameter/app/pin', 'ParameterNotFound: '],
    ['a b', 'ValidationException: Parameter name: can'],
  ])('does not find %s', async (Name, text) => {
    expect((await refusal(service.ssm.getParameter({ Name }))).slice(0, text.length)).toBe(text);
  });

  it('keeps Regions apart', async () => {
    expect(await refusal(service.clientIn('us-west-2').getParameter({ Name: 'plain' }))).toBe('ParameterNotFound: ');
  });
});

describe('GetParameters', () => {
  it('accounts for every name', async () => {
    const Names = ['/app/pin:1', 'plain', '/none', '/app/pin:9'];
    const answer = await service.ssm.getParameters({ Names, WithDecryption: true });
    expect(answer.Parameters!.map(({ Name, Value }) => [Name, Value])).toEqual([
      ['/app/pin', 'first'],
      ['plain', 'x'],
    ]);
    expect(answer.InvalidParameters).toEqual(['/none', '/app/pin:9']);
  });

  it('takes ten names, and no more', async () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);
    await expect(service.ssm.getParameters({ Names: names(10) })).resolves.toMatchObject({ Parameters: [] });
    expect(await refusal(service.ssm.getParameters({ Names: names(11) }))).toBe(
      `ValidationException: 1 validation error detected: Value '[${names(11).join(', ')}]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10`,
    );
  });
});

describe('GetParameterHistory', () => {
  it('lists versions from the oldest on, a page at a time', async () => {
    const first = await service.ssm.getParameterHistory({ Name: '/app/pin', WithDecryption: true, MaxResults: 1 });
    expect(first.Parameters).toMatchObject([{ Version: 1, Value: 'first', KeyId: 'alias/app', Labels: [] }]);
    const { NextToken } = first;
    const rest = await service.ssm.getParameterHistory({ Name: '/app/pin', WithDecryption: true, NextToken });
    expect(rest.Parameters!.map(({ Value }) => Value)).toEqual(['second']);
    expect(rest.NextToken).toBeUndefined();
  });
});

describe('DeleteParameter and DeleteParameters', () => {
  it('delete all versions, and say what was not there', async () => {
    await service.ssm.deleteParameter({ Name: 'plain' });
    expect(await refusal(service.ssm.deleteParameter({ Name: 'plain' }))).toBe('ParameterNotFound: ');
    await expect(service.ssm.deleteParameters({ Names: ['/app/pin', '/none'] })).resolves.toEqual({
      ...{ DeletedParameters: ['/app/pin'], InvalidParameters: ['/none'] },
    });
    await service.ssm.putParameter({ Name: '/app/pin', Value: 'new', Type: 'String' });
    expect((await service.ssm.getParameterHistory({ Name: '/app/pin' })).Parameters).toHaveLength(1);
  });
});

describe('tags of parameters', () => {
  const resource = { ResourceType: 'Parameter', ResourceId: 'plain' } as const;
  const list = async () => (await service.ssm.listTagsForResource(resource)).TagList;

  it('are added, replaced and removed', async () => {
    await service.ssm.addTagsToResource({
      ...resource,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    });
    await service.ssm.addTagsToResource({ ...resource, Tags: [{ Key: 'a', Value: '3' }] });
    expect(await list()).toEqual([
      { Key: 'a', Value: '3' },
      { Key: 'b', Value: '2' },
    ]);
    await service.ssm.removeTagsFromResource({ ...resource, TagKeys: ['a', 'never'] });
    expect(await list()).toEqual([{ Key: 'b', Value: '2' }]);
  });

  it('stay through an overwrite', async () => {
    await service.ssm.addTagsToResource({ ...resource, Tags: [{ Key: 'a', Value: '1' }] });
    await service.ssm.putParameter({ Name: 'plain', Value: 'y', Overwrite: true });
    expect(await list()).toEqual([{ Key: 'a', Value: '1' }]);
  });

  it('are 50 at most', async () => {
    const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: '' }));
    await service.ssm.addTagsToResource({ ...resource, Tags: tags(50) });
    const one = { ...resource, Tags: [{ Key: 'more', Value: '' }] };
    expect(await refusal(service.ssm.addTagsToResource(one))).toBe('TooManyTagsError: ');
  });

  it('need a parameter that is there', async () => {
    const none = { ...resource, ResourceId: 'none' };
    expect(await refusal(service.ssm.listTagsForResource(none))).toBe('InvalidResourceId: ');
    const other = { ...resource, ResourceType: 'Document' } as const;
    expect(await refusal(service.ssm.listTagsForResource(other))).toBe('InvalidResourceType: ');
  });
});
