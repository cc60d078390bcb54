import type { Keyring, WrappedKey } from '../keyring.ts';
import { aesNameIn, unwrapWithAes, wrapWithAes } from './raw-aes.ts';
import { newStretching, parseStretching, printStretching, type ScryptCost, stretch } from './stretch.ts';

/** Where a message says that a passphrase opens it. */
const passphraseNamespace = 'latchkey-passphrase';

/** A message may be for several passphrases, and each costs half a second to try; a hostile one has thousands. */
const mostTries = 4;

/**
 * A passphrase in place of a key. What it wraps is as of a raw AES key (32 bytes) whose name says how scrypt makes the key: `scrypt:131072:8:1:SALT`. So
 * whoever has scrypt opens it with any AWS Encryption SDK. One stretching serves all that the keyring wraps.
 */
export function passphraseKeyring(passphrase: string, cost?: ScryptCost): Keyring {
  if (passphrase === '') throw new RangeError('the passphrase is empty');
  const keys = new Map<string, Promise<Uint8Array>>();
  const keyOf = (name: string) => {
    if (!keys.has(name)) keys.set(name, stretch(passphrase, parseStretching(name)!));
    return keys.get(name)!;
  };
  let own: string | undefined;
  return {
    name: 'a passphrase',

    async wrap(dataKey) {
      own ??= printStretching(newStretching(cost));
      return [wrapWithAes({ namespace: passphraseNamespace, name: own, key: await keyOf(own) }, dataKey)];
    },

    async unwrap(wrapped, suite, context) {
      for (const { name, one } of stretched(wrapped).slice(0, mostTries)) {
        const plaintext = unwrapWithAes(await keyOf(name), one, suite, context);
        if (plaintext) return plaintext;
      }
      return undefined;
    },
  };
}

const stretched = (wrapped: readonly WrappedKey[]) =>
  wrapped
    .filter(({ provider }) => provider === passphraseNamespace)
    .map((one) => ({ name: aesNameIn(one) ?? '', one }))
    .filter(({ name }) => parseStretching(name));
