/**
 * What is wrong with a message, for a person. `header`, `body`, `signature`: a tag or a signature is false, or bytes are where none may be. `commitment`: the
 * data key is not the one the message is bound to. `truncated`: it ends too early. `no key fits`: none of the keyrings opens it. `context`: the encryption
 * context is not the expected one. `suite`: the commitment policy refuses its algorithm suite, or there is no such suite.
 */
export type Damage = 'header' | 'commitment' | 'body' | 'signature' | 'truncated' | 'no key fits' | 'context' | 'suite';

/** A message that cannot be opened. To the outside every damage is one sentence; `damage` is for the person who holds the key. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
  readonly damage: Damage;

  constructor(damage: Damage, options?: ErrorOptions) {
    super('the message cannot be opened', options);
    this.damage = damage;
  }
}
