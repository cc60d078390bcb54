import { expect, it } from 'vitest';
import type { Surroundings } from '../../../src/rotation/rotator.ts';
import { passwordRotator } from '../../../src/rotation/rotators/password.ts';

const given = { randomPassword: async () => 'new' } as unknown as Surroundings;
const create = (value: string, key?: string) => passwordRotator(key).create({ id: 'v', value }, given);

it('of a JSON object changes one key, and leaves the rest to the letter', async () => {
  const value = '{ "account": 12345678901234567890, "1": 1.50, "a/b~c": "old", "password": "old" }';
  expect(await create(value)).toBe(value.replace('"password": "old"', '"password": "new"'));
  expect(await create(value, 'a/b~c')).toBe(value.replace('"a/b~c": "old"', '"a/b~c": "new"'));
});

it('replaces whole what is no object', async () => {
  expect(await create('old')).toBe('new');
});
