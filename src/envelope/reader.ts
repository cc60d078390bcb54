import { EnvelopeError } from './errors.ts';

/** Pieces under this are gathered into larger ones, so that a source of single bytes costs little. */
const small = 16_384;

interface Piece {
  bytes: Buffer;
  /** How much of `bytes` has been filled; more than its length never. */
  end: number;
  /** Whether it is the source's memory. */
  lent: boolean;
}

const viewOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Bytes of a source that come in pieces of any size, taken by number. What is taken are views of those pieces wherever that can be, good until `more`; the
 * source must leave a piece alone until the next but one is asked for. Holds what has come and not been taken, and nothing in advance.
 */
export class Reader {
  readonly #source: AsyncIterator<Uint8Array>;
  #pieces: Piece[] = [];
  /** Where in the first piece the next byte is, and from where it has not been witnessed. */
  #at = 0;
  #seen = 0;
  #witness: ((bytes: Buffer) => void) | undefined;
  #room: (() => Promise<void>) | undefined;

  /** How many bytes have come and not been taken. */
  length = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Waits for another piece; false at the end. */
  async more(): Promise<boolean> {
    await this.#room?.();
    for (let older = this.#pieces.at(-2); ; older = this.#pieces.at(-1)) {
      if (older?.lent) this.#own(older);
      const { value, done } = await this.#source.next();
      if (done) return false;
      if (value.length === 0) continue;
      this.#add(viewOf(value));
      return true;
    }
  }

  /** Copies what the source may use again. */
  #own(piece: Piece): void {
    const isFirst = piece === this.#pieces[0];
    if (isFirst) this.#show();
    piece.bytes = Buffer.from(piece.bytes.subarray(isFirst ? this.#at : 0));
    piece.end = piece.bytes.length;
    piece.lent = false;
    if (isFirst) this.#at = this.#seen = 0;
  }

  #add(bytes: Buffer): void {
    this.length += bytes.length;
    if (bytes.length >= small) {
      this.#pieces.push({ bytes, end: bytes.length, lent: true });
      return;
    }
    let last = this.#pieces.at(-1);
    if (!last || last.bytes.length - last.end < bytes.length) {
      const length = this.#pieces.length === 0 ? bytes.length : 4 * small;
      last = { bytes: Buffer.allocUnsafeSlow(length), end: 0, lent: false };
      this.#pieces.push(last);
    }
    last.end += bytes.copy(last.bytes, last.end);
  }

  /** Takes `length` bytes, which must have come, as they lie. */
  take(length: number): Buffer[] {
    const views: Buffer[] = [];
    for (let missing = length; missing > 0; ) {
      const { bytes, end } = this.#pieces[0]!;
      const view = bytes.subarray(this.#at, Math.min(end, this.#at + missing));
      views.push(view);
      this.#pass(view.length);
      missing -= view.length;
    }
    return views;
  }

  /** Takes `length` bytes, which must have come, in one piece. */
  bytes(length: number): Buffer {
    const views = this.take(length);
    return views.length === 1 ? views[0]! : Buffer.concat(views, length);
  }

  /** The next four bytes, which must have come, as a number; they are not taken. */
  peekUint32(): number {
    const first = this.#pieces[0]!;
    if (first.end - this.#at >= 4) return first.bytes.readUInt32BE(this.#at);
    const filled = this.#pieces.map(({ bytes, end }, index) => bytes.subarray(index === 0 ? this.#at : 0, end));
    return Buffer.concat(filled.slice(0, 5)).readUInt32BE();
  }

  /**
   * Takes a copy of `length` bytes.
   * @throws EnvelopeError `truncated` where the source ends before
   */
  async exactly(length: number): Promise<Buffer> {
    await this.atLeast(length);
    return Buffer.from(this.bytes(length));
  }

  /** @throws EnvelopeError `truncated` where the source ends before `length` bytes more */
  async atLeast(length: number): Promise<void> {
    while (this.length < length) if (!(await this.more())) throw new EnvelopeError('truncated');
  }

  async ended(): Promise<boolean> {
    return this.length === 0 && !(await this.more());
  }

  /** From here on `witness` is shown every byte that is taken, in as few pieces as can be and therefore later; before more is read, `room` is waited for. */
  watch(witness: (bytes: Buffer) => void, room?: () => Promise<void>): void {
    this.#seen = this.#at;
    this.#witness = witness;
    this.#room = room;
  }

  /** Shows the witness what it has not seen, and lets it go. */
  unwatch(): void {
    this.#show();
    this.#witness = undefined;
    this.#room = undefined;
  }

  /** Lets the source go: a file is closed, a pipe let down. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  #pass(length: number): void {
    this.#at += length;
    this.length -= length;
    const { bytes, end } = this.#pieces[0]!;
    if (this.#at < end || (this.length === 0 && end < bytes.length)) return;
    this.#show();
    this.#pieces.shift();
    this.#at = this.#seen = 0;
  }

  #show(): void {
    const first = this.#pieces[0];
    if (first && this.#at > this.#seen) this.#witness?.(first.bytes.subarray(this.#seen, this.#at));
    this.#seen = this.#at;
  }
}
