import { UserError } from '../../errors.ts';
import type { Rotator } from '../rotator.ts';

/**
 * A value that nothing outside the secret knows: an encryption pepper, a signing secret. It is replaced whole, or under
 * one key of a JSON object, whose other keys stay.
 */
export const passwordRotator = (key?: string): Rotator => ({
  name: 'password',
  async create({ value }, { randomPassword }) {
    const keys = key === undefined ? undefined : keysOf(value);
    const password = await randomPassword();
    return keys ? JSON.stringify({ ...keys, [key!]: password }) : password;
  },
  async set() {},
  async test() {},
});

function keysOf(value: string): object {
  const parsed = parse(value);
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  throw new UserError('usage', 'the value is no JSON object, so it has no keys', { hints: ['leave out --key'] });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
