import { expect, test } from 'vitest';
import { nameFilter } from '../../../src/commands/diff/name-filter.ts';

test.each([
  [{}, 'anything', true],
  [{ only: ['db'] }, 'db', true],
  [{ only: ['db'] }, 'db/host', true],
  [{ only: ['db/'] }, 'db/host', true],
  [{ only: ['db'] }, 'db#host', true],
  [{ only: ['db'] }, 'dbx', false],
  [{ only: ['DB_*'] }, 'DB_HOST', true],
  [{ only: ['DB_*'] }, 'MY_DB_HOST', false],
  [{ only: ['*/host'] }, 'db/host', true],
  [{ only: ['a?c'] }, 'abc', true],
  [{ only: ['a?c'] }, 'ac', false],
  [{ only: ['a.c'] }, 'abc', false],
  [{ only: ['a[b'] }, 'a[b', true],
  [{ only: ['a', 'b'] }, 'b', true],
  [{ ignore: ['db'] }, 'db/host', false],
  [{ ignore: ['db'] }, 'api', true],
  [{ only: ['db'], ignore: ['db/host'] }, 'db/host', false],
  [{ only: ['db'], ignore: ['db/host'] }, 'db/port', true],
  // Slow patterns would hang here.
  [{ only: ['*a*a*b'] }, `${'a'.repeat(200)}c`, false],
])('%j: %s: %s', (filter, name, wanted) => expect(nameFilter(filter)(name)).toBe(wanted));
