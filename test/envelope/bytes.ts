/** The pieces of a stream. */
export async function list(source: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  return pieces;
}

/** All of a stream. */
export const collect = async (source: AsyncIterable<Uint8Array>): Promise<Buffer> => Buffer.concat(await list(source));

/** A stream of `bytes` in pieces of `length`. */
export async function* pieces(bytes: Uint8Array, length = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
