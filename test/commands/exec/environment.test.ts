import { expect, it } from 'vitest';
import { isAmong } from '../../../src/commands/exec/among.ts';
import { readDuration } from '../../../src/commands/exec/duration.ts';
import { inherited, requireStrict, together } from '../../../src/commands/exec/environment.ts';
import { wantedIn } from '../../../src/commands/exec/wanted.ts';

it('passes on all of it, none of it, or what is named', () => {
  const ours = { HOME: '/h', LC_ALL: 'C', LC_TIME: 'C' };
  expect(inherited(ours, {})).toEqual(ours);
  expect(inherited(ours, { pristine: true })).toEqual({});
  expect(inherited(ours, { pristine: true, keep: ['LC_*', 'NONE'] })).toEqual({ LC_ALL: 'C', LC_TIME: 'C' });
});

it('ours win; on Windows whatever their capitals', () => {
  const values = new Map([['Path', { value: 'new' }]]);
  expect(together({ PATH: 'old', A: 'a', GONE: undefined }, values, 'win32')).toEqual({ A: 'a', Path: 'new' });
  expect(together({ PATH: 'old' }, values, 'linux')).toEqual({ PATH: 'old', Path: 'new' });
});

it('gives a variable called __proto__, too', () => {
  expect(Object.keys(together({}, new Map([['__proto__', { value: 'x' }]])))).toEqual(['__proto__']);
});

it('strictly, what is resolved is no clash, and what is empty is', () => {
  const variables = [{ name: 'A', value: 'x', source: 'secret:a' }];
  expect(() => requireStrict({ B: 'secret:b' }, variables, new Set(['B']))).not.toThrow();
  expect(() => requireStrict({ A: '' }, variables, new Set())).toThrow(expect.objectContaining({ code: 'conflict' }));
  expect(() => requireStrict({ B: 'secret:b' }, variables, new Set())).toThrow(
    'variable "B" holds a reference that nothing resolves',
  );
});

it.each([
  ['secret:prod/db#password', true],
  ['vault:param:/a', true],
  ['profile=prod:region=eu-west-1:secret:a', true],
  ['{{resolve:secretsmanager:a:SecretString:k}}', true],
  ['arn:aws:ssm:eu-west-1:123456789012:parameter/a', false],
  ['x secret:a', false],
  ['key:alias/app', false],
  ['', false],
])('%j in the environment is a reference: %s', (value, is) => {
  expect(wantedIn({ A: value, NONE: undefined }).map(({ name }) => name)).toEqual(is ? ['A'] : []);
});

it.each(['secret:hidden value', 'param:/hidden/', 'secret:hidden/', '{{resolve:hidden:x}}'])(
  '%j is none, and is not shown',
  (value) => {
    expect(() => wantedIn({ A: value })).toThrow('variable "A" looks like a reference to one value, and is none');
  },
);

it.each([
  ['DB_*', 'DB_HOST', true],
  ['*_HOST', 'DB_HOST', true],
  ['D*H*T', 'DB_HOST', true],
  ['DB', 'DB_HOST', false],
  ['D.*', 'DB_HOST', false],
  ['*', '', true],
])('%s takes %s: %s', (pattern, name, takes) => {
  expect(isAmong(name, [pattern])).toBe(takes);
});

it.each([
  ['30', 30_000],
  ['1.5s', 1500],
  ['500ms', 500],
  ['5m', 300_000],
  ['1h', 3_600_000],
])('%s is %i ms', (text, time) => {
  expect(readDuration(text)).toBe(time);
});

it.each(['0', '-1', '5d', 's', '', '1e3', '1000h'])('"%s" is no time to wait', (text) => {
  expect(() => readDuration(text)).toThrow(`expected a time like 30s, 500ms or 5m, got "${text}"`);
});
