import { describe, expect, it } from 'vitest';
import { type NameOptions, nameVariables, variableName } from '../../../src/commands/variables/names.ts';

describe('a name made from a key or a path', () => {
  it.each<[string, NameOptions, string]>([
    ['url', {}, 'URL'],
    ['db/user-name', {}, 'DB_USER_NAME'],
    ['a.b:c d', {}, 'A_B_C_D'],
    ['ümlaut', {}, '_MLAUT'],
    ['2fa', {}, '_2FA'],
    ['2fa', { prefix: 'APP_' }, 'APP_2FA'],
    ['url', { prefix: 'app_' }, 'app_URL'],
    ['db/userName', { names: 'lower' }, 'db_username'],
    ['userName', { names: 'keep', prefix: 'app_' }, 'app_userName'],
  ])('%s with %j becomes %s', (text, options, name) => {
    expect(variableName(text, options)).toBe(name);
  });
});

const named = (options: NameOptions, ...names: string[]) =>
  nameVariables(
    names.map((name) => ({ name, value: 'hidden' })),
    options,
  ).map(({ name }) => name);

it('names pairs in their order, and keeps all else of them', () => {
  expect(named({}, 'b', 'a')).toEqual(['B', 'A']);
  expect(nameVariables([{ name: 'port', value: '1', json: '1' }], {})).toEqual([
    { name: 'PORT', value: '1', json: '1' },
  ]);
});

it.each([
  ['db/user', 'expected letters, digits and "_" in the name of a variable, got "db/user"'],
  ['2fa', 'expected letters, digits and "_" in the name of a variable, got "2fa"'],
  ['', 'a value by itself has no name to make a variable of'],
])('"%s" kept as it is, is no name', (name, message) => {
  expect(() => named({ names: 'keep' }, name)).toThrow(message);
});

it('two that would go by one name are both named, and capitals can tell them apart', () => {
  expect(() => named({}, 'a-b', 'a/b')).toThrow('variable "A_B" is named twice: by "a-b" and by "a/b"');
  expect(() => named({}, 'a', 'A')).toThrow(
    expect.objectContaining({ hints: ['keep capitals and small letters apart: --names keep'] }),
  );
  expect(named({ names: 'keep' }, 'a', 'A')).toEqual(['a', 'A']);
});
