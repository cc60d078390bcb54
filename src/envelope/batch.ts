/** How much is given out at once; a frame that is longer is given out in pieces. */
const batchLength = 1_048_576;

/** Longer pieces are given out as they are; copying them into new memory would cost more than it saves. */
const long = 262_144;

/** What may come on top of a batch that is not full yet: a frame, and what belongs to it. */
const regionLength = 2 * batchLength + 1024;

/** One is written, one is held back or hashed, one is hashed, one fills. */
const regionCount = 4;

const keptFree = 16 * batchLength;
let told = false;

/**
 * Linux's C library gives freed memory back to the system as soon as some lies free, and asks for it again at once, a third of what sealing costs; unless a
 * piece as long as this was freed before. Nothing is ever written into this one, so it takes no memory.
 */
function keepFreedMemory(): void {
  if (!told) Buffer.allocUnsafeSlow(keptFree);
  told = true;
}

/**
 * Gathers pieces of frames, to be given out in one. With `reuse` by copying them into memory that is used again and again: what is
 * given out is good until three more have been. New memory costs the system a quarter of what encrypting it does.
 */
export class Batch {
  readonly #reuse: boolean;
  readonly #shared: boolean;
  readonly #regions: Buffer[] = [];
  #region: Buffer | undefined;
  /** From where to where the region has been filled since the last piece that was not copied. */
  #start = 0;
  #end = 0;
  #pieces: Uint8Array[] = [];
  length = 0;

  /** @param shared whether threads are to see the memory */
  constructor(reuse = false, shared = false) {
    this.#reuse = reuse;
    this.#shared = shared;
  }

  add(piece: Uint8Array): void {
    this.length += piece.length;
    if (this.#region && this.#end + piece.length <= regionLength) {
      this.#region.set(piece, this.#end);
      this.#end += piece.length;
    } else {
      this.#cut();
      this.#pieces.push(piece);
    }
  }

  get full(): boolean {
    return this.length >= batchLength;
  }

  /** What has been gathered, in as few pieces as is worth while; the batch is empty then. */
  empty(): Uint8Array[] {
    if (this.length === 0) return [];
    this.#cut();
    const pieces = this.#region ? this.#pieces : joined(this.#pieces, this.length);
    if (this.length >= long) keepFreedMemory();
    if (this.#region || (this.#reuse && this.length >= long)) this.#next();
    this.#pieces = [];
    this.#start = this.#end = this.length = 0;
    return pieces;
  }

  #cut(): void {
    if (this.#region && this.#end > this.#start) this.#pieces.push(this.#region.subarray(this.#start, this.#end));
    this.#start = this.#end;
  }

  /** A short message comes to none of it. */
  #next(): void {
    const fresh = this.#regions.length < regionCount;
    this.#region = fresh ? this.#memory() : this.#regions.shift()!;
    this.#regions.push(this.#region);
  }

  #memory(): Buffer {
    return this.#shared ? Buffer.from(new SharedArrayBuffer(regionLength)) : Buffer.allocUnsafeSlow(regionLength);
  }
}

function joined(pieces: Uint8Array[], length: number): Uint8Array[] {
  if (pieces.length < 2 || pieces.some((piece) => piece.length > long))
    return pieces.filter(({ length }) => length > 0);
  return [Buffer.concat(pieces, length)];
}
