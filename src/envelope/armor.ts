/** A message as base64 text in lines of 64, for places that take no bytes. */
export function armor(_source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  throw new Error('not yet');
}

/** The message, whether it is armored or not: told by its first byte, since no message starts with a letter. */
export function unarmor(_source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  throw new Error('not yet');
}
