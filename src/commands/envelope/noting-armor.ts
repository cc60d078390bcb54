/** What is learned of a message while it is read. */
export interface Start {
  /** Whether it is base64 text. */
  armored: boolean;
}

/** The same pieces. A message begins with the number of its version, and text with none so low. */
export async function* notingArmor(pieces: AsyncIterable<Uint8Array>, start: Start): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const piece of pieces) {
    if (isFirst && piece.length > 0) {
      start.armored = piece[0]! > 2;
      isFirst = false;
    }
    yield piece;
  }
}
