import { createHmac, randomBytes } from 'node:crypto';

/**
 * Marks for values, 10 hexadecimal digits each: the same for the same value, and saying nothing of it. They are keyed
 * with random bytes that nobody keeps, since a plain digest of a password is found by trying passwords; so the marks of
 * another run are others.
 */
export function fingerprints(): (value: string | Uint8Array) => string {
  const key = randomBytes(32);
  return (value) => createHmac('sha256', key).update(value).digest('hex').slice(0, 10);
}
