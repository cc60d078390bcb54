import { UserError } from '../../errors.ts';
import { pathOf, setKey } from '../../reference/json-pointer.ts';
import type { Rotator } from '../rotator.ts';

/**
 * A value that nothing outside the secret knows: an encryption pepper, a signing secret. It is replaced whole, or of a
 * JSON object one key, "password" where nothing else is said; the other keys stay.
 */
export const passwordRotator = (key?: string): Rotator => ({
  name: 'password',
  async create({ value }, { randomPassword }) {
    const keys = keysOf(value);
    if (!keys && key !== undefined) throw noKeys();
    if (!keys) return randomPassword();
    const chosen = key ?? 'password';
    if (Object.hasOwn(keys, chosen)) return setKey(value, pathOf([chosen]), JSON.stringify(await randomPassword()));
    throw notThere(chosen, Object.keys(keys));
  },
  async set() {},
  async test() {},
});

/** Undefined for what is not a JSON object. */
function keysOf(value: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const noKeys = () =>
  new UserError('usage', 'the value is no JSON object, so it has no keys', { hints: ['leave out --password-key'] });

const notThere = (key: string, keys: string[]) =>
  new UserError('usage', `the value has no key "${key}"`, {
    hints: [`it has ${keys.map((one) => `"${one}"`).join(', ') || 'none'}; say which: --password-key`],
  });
