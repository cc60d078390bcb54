import type { Progress } from '../../output/progress.ts';

/** The same pieces, as progress goes by. */
export async function* counted(pieces: AsyncIterable<Uint8Array>, progress: Progress): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    progress.add(piece.length);
    yield piece;
  }
}
