import { beforeEach, expect, it } from 'vitest';
import { refusal } from '../service.ts';
import { openSsm } from './service.ts';

let ssm: Awaited<ReturnType<typeof openSsm>>['ssm'];
const Name = '/app/a';
const put = (Value: string) => ssm.putParameter({ Name, Value, Type: 'String', Overwrite: true });
const label = (Labels: string[], ParameterVersion?: number) =>
  ssm.labelParameterVersion({ Name, Labels, ParameterVersion });
const labels = async () =>
  (await ssm.getParameterHistory({ Name })).Parameters!.map(({ Version, Labels }) => [Version, Labels]);

beforeEach(async () => {
  ({ ssm } = await openSsm());
  await put('one');
  await put('two');
});

it('puts labels on the newest version, or on one that is named, and moves them', async () => {
  expect(await label(['prod', 'stable'])).toEqual({ InvalidLabels: [], ParameterVersion: 2 });
  expect(await label(['prod'], 1)).toEqual({ InvalidLabels: [], ParameterVersion: 1 });
  expect(await labels()).toEqual([
    [1, ['prod']],
    [2, ['stable']],
  ]);
});

it('selects a version by its label', async () => {
  await label(['prod'], 1);
  const { Parameter } = await ssm.getParameter({ Name: `${Name}:prod` });
  expect(Parameter).toMatchObject({ Name, Value: 'one', Version: 1, Selector: ':prod' });
  const { Parameters, InvalidParameters } = await ssm.getParameters({ Names: [`${Name}:prod`, `${Name}:none`, Name] });
  expect(Parameters!.map(({ Value }) => Value)).toEqual(['one', 'two']);
  expect(InvalidParameters).toEqual([`${Name}:none`]);
  expect(await refusal(ssm.getParameter({ Name: `${Name}:none` }))).toBe(
    `ParameterVersionNotFound: Systems Manager could not find version none of ${Name}. Verify the version and try again.`,
  );
  const byPath = await ssm.getParametersByPath({
    Path: '/app',
    ParameterFilters: [{ Key: 'Label', Values: ['prod'] }],
  });
  expect(byPath.Parameters).toMatchObject([{ Name, Value: 'one', Selector: ':prod' }]);
  const none = await ssm.getParametersByPath({ Path: '/app', ParameterFilters: [{ Key: 'Label', Values: ['none'] }] });
  expect(none.Parameters).toEqual([]);
});

it.each(['1st', 'aws-thing', 'SSM', 'with space', 'a/b', ''])('does not take "%s" for a label', async (text) => {
  if (text === '') expect(await refusal(label([text]))).toMatch(/at 'labels.1.member'/);
  else expect(await label([text, 'good'])).toEqual({ InvalidLabels: [text], ParameterVersion: 2 });
});

const many = (count: number) => Array.from({ length: count }, (_, index) => `l${index}`);

it('keeps ten labels on a version and no more, each of 100 characters and no more', async () => {
  await label(many(10));
  expect(await refusal(label(['eleventh']))).toBe(
    'ParameterVersionLabelLimitExceeded: A parameter version can have maximum 10 labels.Move one or more labels to another version and try again.',
  );
  expect((await labels())[1]![1]).toHaveLength(10);
  expect(await refusal(label(many(11), 1))).toMatch(/at 'labels' .* less than or equal to 10$/);
  expect(await refusal(label(['l'.repeat(100)], 1))).toBe('no error');
  expect(await refusal(label(['l'.repeat(101)], 1))).toMatch(/less than or equal to 100$/);
});

it('takes labels off', async () => {
  await label(['a', 'b']);
  const unlabel = { Name, ParameterVersion: 2, Labels: ['a', 'c'] };
  expect(await ssm.unlabelParameterVersion(unlabel)).toEqual({ RemovedLabels: ['a'], InvalidLabels: ['c'] });
  expect(await labels()).toEqual([
    [1, []],
    [2, ['b']],
  ]);
});

it('says what is not there', async () => {
  expect(await refusal(label(['a'], 3))).toMatch(/^ParameterVersionNotFound: .* version 3 of/);
  expect(await refusal(ssm.labelParameterVersion({ Name: '/none', Labels: ['a'] }))).toBe('ParameterNotFound: ');
  expect(await refusal(ssm.unlabelParameterVersion({ Name, ParameterVersion: 9, Labels: ['a'] }))).toMatch(
    /^ParameterVersionNotFound/,
  );
});

it('of more than 100 versions the oldest goes, unless it has a label', async () => {
  for (let version = 3; version <= 100; version += 1) await put(`v${version}`);
  await label(['keep'], 1);
  expect(await refusal(put('101'))).toBe(
    `ParameterMaxVersionLimitExceeded: You attempted to create a new version of ${Name} by calling the PutParameter API with the overwrite flag. Version 1, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
  );
  expect((await ssm.getParameter({ Name })).Parameter!.Version).toBe(100);
  await label(['keep'], 2);
  expect(await put('101')).toMatchObject({ Version: 101 });
  expect(await refusal(ssm.getParameter({ Name: `${Name}:1` }))).toMatch(/^ParameterVersionNotFound/);
  expect(await refusal(put('102'))).toMatch(/Version 2, the oldest/);
});
