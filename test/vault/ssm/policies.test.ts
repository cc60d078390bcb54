import { beforeEach, describe, expect, it } from 'vitest';
import { day, refusal } from '../service.ts';
import { openSsm } from './service.ts';

let service: Awaited<ReturnType<typeof openSsm>>;
beforeEach(async () => {
  service = await openSsm();
});

const Name = '/app/a';
const put = (Policies: string | undefined, more: object = {}) =>
  service.ssm.putParameter({ Name, Value: 'v', Type: 'String', Tier: 'Advanced', Policies, Overwrite: true, ...more });
const policy = (Type: string, Attributes: object, Version = '1.0') => ({ Type, Version, Attributes });
const in30Days = () => new Date(service.now().getTime() + 30 * day).toISOString();
const expiration = () => policy('Expiration', { Timestamp: in30Days() });
const notify = policy('ExpirationNotification', { Before: '10', Unit: 'Days' });
const noChange = policy('NoChangeNotification', { After: '48', Unit: 'Hours' });
const statuses = async () => {
  const { Parameters } = await service.ssm.describeParameters({});
  return Parameters!.flatMap(({ Policies }) =>
    Policies!.map(({ PolicyType, PolicyStatus }) => [PolicyType, PolicyStatus]),
  );
};

describe('a policy takes effect by the clock', () => {
  it('ends a parameter', async () => {
    await put(JSON.stringify([expiration()]));
    await service.ssm.labelParameterVersion({ Name, Labels: ['l'] });
    service.wait(30 * day - 1);
    expect((await service.ssm.getParameter({ Name })).Parameter!.Value).toBe('v');
    service.wait(1);
    expect(await refusal(service.ssm.getParameter({ Name }))).toBe('ParameterNotFound: ');
    expect((await service.ssm.getParametersByPath({ Path: '/', Recursive: true })).Parameters).toEqual([]);
    expect((await service.ssm.describeParameters({})).Parameters).toEqual([]);
    expect(await refusal(service.ssm.deleteParameter({ Name }))).toBe('ParameterNotFound: ');
    expect(await service.ssm.putParameter({ Name, Value: 'new', Type: 'String' })).toMatchObject({ Version: 1 });
    expect(await service.vault.verify()).toEqual([]);
  });

  it('tells which have taken effect', async () => {
    await put(JSON.stringify([expiration(), notify, noChange]));
    const pending = (await statuses()).map(([, status]) => status);
    expect(pending).toEqual(['Pending', 'Pending', 'Pending']);
    service.wait(2 * day);
    expect(await statuses()).toContainEqual(['NoChangeNotification', 'Finished']);
    expect(await statuses()).toContainEqual(['ExpirationNotification', 'Pending']);
    service.wait(18 * day);
    expect(await statuses()).toContainEqual(['ExpirationNotification', 'Finished']);
  });
});

it('is kept through an overwrite, changed by another, and taken away by [{}]', async () => {
  await put(JSON.stringify([expiration()]));
  await put(undefined);
  expect(await statuses()).toEqual([['Expiration', 'Pending']]);
  await put(JSON.stringify([noChange]));
  expect(await statuses()).toEqual([['NoChangeNotification', 'Pending']]);
  await put('[{}]');
  expect(await statuses()).toEqual([]);
});

it('makes a parameter advanced where the tier is left open, and is refused in the standard one', async () => {
  const Policies = JSON.stringify([noChange]);
  expect(await put(Policies, { Tier: 'Intelligent-Tiering' })).toMatchObject({ Tier: 'Advanced' });
  expect(await refusal(put(Policies, { Name: '/b', Tier: 'Standard' }))).toBe(
    'ValidationException: Parameter policies are supported only by advanced parameters.',
  );
});

const list = (...policies: unknown[]) => JSON.stringify(policies);

it.each([
  ['no JSON', () => '{', /^InvalidPolicyTypeException/],
  ['no list', () => '{}', /^InvalidPolicyTypeException/],
  ['another type', () => list(policy('Deletion', {})), /^InvalidPolicyTypeException/],
  ['a type of every object', () => list(policy('constructor', {})), /^InvalidPolicyTypeException/],
  [
    'another version',
    () => list(policy('NoChangeNotification', { After: '1', Unit: 'Days' }, '2.0')),
    /^InvalidPolicyAttributeException/,
  ],
  ['no timestamp', () => list(policy('Expiration', {})), /^InvalidPolicyAttributeException/],
  ['no time', () => list(policy('Expiration', { Timestamp: 'tomorrow' })), /^InvalidPolicyAttributeException/],
  [
    'the past',
    () => list(policy('Expiration', { Timestamp: '2020-01-01T00:00:00Z' })),
    /^InvalidPolicyAttributeException/,
  ],
  [
    'another unit',
    () => list(policy('NoChangeNotification', { After: '1', Unit: 'Weeks' })),
    /^InvalidPolicyAttributeException/,
  ],
  [
    'no number',
    () => list(policy('NoChangeNotification', { After: 'a', Unit: 'Days' })),
    /^InvalidPolicyAttributeException/,
  ],
  ['two ends', () => list(expiration(), expiration()), /^IncompatiblePolicyException/],
  ['a notification of no end', () => list(notify), /^IncompatiblePolicyException/],
  ['ten', () => list(...Array(10).fill(noChange)), /^no error$/],
  ['eleven', () => list(...Array(11).fill(noChange)), /^PoliciesLimitExceededException/],
])('%s', async (_case, policies, expected) => {
  expect(await refusal(put(policies()))).toMatch(expected);
});
