/**
 * Why a file holds no key that can be used. `no key`: it is something else, or damaged. `length`, `kind`: it is a key, of a length or kind that does not serve.
 * `locked`: it needs a passphrase, and none was given. `passphrase`: the passphrase is another. `name`: it cannot be called so.
 */
export type KeyTrouble = 'no key' | 'length' | 'kind' | 'locked' | 'passphrase' | 'name';

/** The message says what it is, and never a byte of the key. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
  readonly trouble: KeyTrouble;

  constructor(trouble: KeyTrouble, message: string, options?: ErrorOptions) {
    super(message, options);
    this.trouble = trouble;
  }
}
