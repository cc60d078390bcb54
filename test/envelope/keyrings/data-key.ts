import { randomBytes } from 'node:crypto';
import type { DataKey, Keyring, WrappedKey } from '../../../src/envelope/keyring.ts';
import { type SuiteName, suites } from '../../../src/envelope/suites.ts';

export const context = {
  app: 'web',
  'nämn\u{1f511}': 'ü',
  '\u{ff5e}': 'after the key in JavaScript, before it in UTF-8',
};

export function dataKey(suite: SuiteName = '0478', given: Record<string, string> = context) {
  return { plaintext: randomBytes(suites[suite].keyLength), suite: suites[suite], context: given } satisfies DataKey;
}

/** What the keyring makes of wrapped keys that were made for `key`. */
export async function unwrapped(keyring: Keyring, wrapped: readonly WrappedKey[], key: DataKey) {
  const plaintext = await keyring.unwrap(wrapped, key.suite, key.context);
  return plaintext && Buffer.from(plaintext);
}

/** The same wrapped key with one bit another. */
export const flipped = (wrapped: WrappedKey, part: 'info' | 'ciphertext', bit: number): WrappedKey => {
  const bytes = Uint8Array.from(wrapped[part]);
  bytes[bit >> 3]! ^= 1 << (bit & 7);
  return { ...wrapped, [part]: bytes };
};
