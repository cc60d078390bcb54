import { EnvelopeError } from './errors.ts';

/** Bytes of a source that come in pieces of any size, asked for by number. Holds no more than was asked for and the piece it lies in. */
export class Reader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The bytes that have come, at least one; undefined at the end. They are taken. */
  async some(): Promise<Buffer | undefined> {
    if (this.#held.length === 0 && !(await this.#more())) return undefined;
    const bytes = this.#held;
    this.#held = bytes.subarray(bytes.length);
    return bytes;
  }

  /** Gives back what was taken in vain; the next to read finds it first. */
  unread(bytes: Buffer): void {
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([bytes, this.#held]);
  }

  /** Takes `length` bytes that have come already; undefined where they have not. */
  ready(length: number): Buffer | undefined {
    if (this.#held.length < length) return undefined;
    const bytes = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return bytes;
  }

  /** @throws EnvelopeError `truncated` where the source ends before */
  async exactly(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let missing = length;
    while (this.#held.length < missing) {
      parts.push(this.#held);
      missing -= this.#held.length;
      if (!(await this.#more())) throw new EnvelopeError('truncated');
    }
    parts.push(this.ready(missing)!);
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts, length);
  }

  async ended(): Promise<boolean> {
    return this.#held.length === 0 && !(await this.#more());
  }

  /** Lets the source go: a file is closed, a pipe let down. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  /** Replaces what is held by the next piece; false at the end. */
  async #more(): Promise<boolean> {
    for (;;) {
      const { value, done } = await this.#source.next();
      this.#held = Buffer.alloc(0);
      if (done) return false;
      if (value.length === 0) continue;
      this.#held = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      return true;
    }
  }
}
