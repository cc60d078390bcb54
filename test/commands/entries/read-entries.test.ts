import { expect, it } from 'vitest';
import { readEntries } from '../../../src/commands/entries/read-entries.ts';
import type { Context } from '../../../src/context.ts';

it('reads the environment, but for what opens the vault', async () => {
  const environment = { URL: 'https://example.com', EMPTY: '', LATCHKEY_VAULT_KEY: 'for tests', GONE: undefined };
  const { shape, entries } = await readEntries({ environment } as unknown as Context, 'env:');
  expect(shape).toBe('pairs');
  expect(entries).toEqual([
    { name: 'URL', value: 'https://example.com' },
    { name: 'EMPTY', value: '' },
  ]);
});
