/** Longer pieces are given out as they are; copying them would cost more than it saves. */
const long = 262_144;

/** How much is given out at once. */
export const batchLength = 1_048_576;

/** Gathers pieces of frames, to be given out in one. */
export class Batch {
  #pieces: Uint8Array[] = [];
  length = 0;

  add(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.length += piece.length;
  }

  get full(): boolean {
    return this.length >= batchLength;
  }

  /** What has been gathered, in as few pieces as is worth while; the batch is empty then. */
  empty(): Uint8Array[] {
    const pieces = this.#pieces;
    const length = this.length;
    this.#pieces = [];
    this.length = 0;
    if (pieces.length < 2 || pieces.some((piece) => piece.length > long))
      return pieces.filter(({ length }) => length > 0);
    return length === 0 ? [] : [Buffer.concat(pieces, length)];
  }
}
