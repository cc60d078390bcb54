import { expect, it } from 'vitest';
import type { DataKey, Keyring } from '../../src/envelope/keyring.ts';
import { materialsFor, unwrapFirst } from '../../src/envelope/materials.ts';
import { suites } from '../../src/envelope/suites.ts';

const suite = suites['0478'];
const wrappedBy = (name: string) => ({ provider: name, info: Buffer.alloc(0), ciphertext: Buffer.alloc(0) });

const keyring = (name: string, given: Partial<Keyring> = {}): Keyring => ({
  name,
  wrap: async () => [wrappedBy(name)],
  unwrap: async () => undefined,
  ...given,
});

it('lets the first keyring make the data key that can, and the others wrap it, all in their order', async () => {
  const plaintext = Buffer.alloc(32, 7);
  const seen: Uint8Array[] = [];
  const wraps = (name: string) => {
    const wrap = async ({ plaintext }: DataKey) => {
      seen.push(plaintext);
      return [wrappedBy(name)];
    };
    return keyring(name, { wrap });
  };
  const makes = (name: string) =>
    keyring(name, { generate: async () => ({ plaintext, wrapped: [wrappedBy(`${name} made`)] }) });
  const given = [wraps('a'), makes('b'), wraps('c'), makes('d')];
  const { dataKey, wrapped } = await materialsFor(given, suite, {});
  expect(dataKey).toBe(plaintext);
  expect(wrapped.map(({ provider }) => provider)).toEqual(['a', 'b made', 'c', 'd']);
  expect(seen).toEqual([plaintext, plaintext]);
});

it('makes one itself where no keyring does, as long as the suite has it', async () => {
  for (const name of ['0478', '0346', '0014'] as const) {
    const { dataKey } = await materialsFor([keyring('a')], suites[name], {});
    expect(dataKey).toHaveLength(suites[name].keyLength);
  }
});

it('opens with the first keyring that fits', async () => {
  const found = Buffer.alloc(32);
  const fits = keyring('fits', { unwrap: async () => found });
  const fails = keyring('fails', { unwrap: () => Promise.reject(new Error('disabled')) });
  expect(await unwrapFirst([keyring('a'), fails, fits], [], suite, {})).toBe(found);
  expect(await unwrapFirst([keyring('a')], [], suite, {})).toBeUndefined();
  await expect(unwrapFirst([keyring('a'), fails], [], suite, {})).rejects.toThrow('disabled');
});
