import { createSign, createVerify, type KeyObject } from 'node:crypto';
import type { PassingThread } from './passing-thread.ts';

/** Up to here a message is hashed at its end: that takes no longer than a thread needs to start. */
const short = 2 * 1024 * 1024;
const little = 64 * 1024;

/** ECDSA over bytes as they pass; in a thread of its own where they are many. To be closed. */
export class Passing {
  readonly #kind: 'sign' | 'verify';
  readonly #hash: string;
  #kept = new Uint8Array(0);
  #length = 0;
  #thread: PassingThread | undefined;

  constructor(kind: 'sign' | 'verify', hash: string) {
    this.#kind = kind;
    this.#hash = hash;
  }

  /** The bytes are copied. */
  update(bytes: Uint8Array): void {
    if (this.#thread) this.#thread.update(bytes);
    else this.#keep(bytes);
  }

  /** The bytes stay as they are until `room` has been waited for three times more: in shared memory they need no copy. */
  lend(bytes: Uint8Array): void {
    if (this.#thread && bytes.buffer instanceof SharedArrayBuffer) this.#thread.lend(bytes);
    else this.update(bytes);
  }

  #keep(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#kept.length) {
      const longer = new Uint8Array(length > little ? Math.max(short, 2 * length) : 2 * length);
      longer.set(this.#kept.subarray(0, this.#length));
      this.#kept = longer;
    }
    this.#kept.set(bytes, this.#length);
    this.#length = length;
  }

  /** To be waited for now and then: what has not been hashed is held in memory. */
  async room(): Promise<void> {
    if (this.#length > short) await this.#part();
    await this.#thread?.room();
  }

  async #part(): Promise<void> {
    const { PassingThread } = await import('./passing-thread.ts');
    this.#thread = new PassingThread(this.#kind, this.#hash);
    this.#thread.give(this.#kept.subarray(0, this.#length));
    this.#kept = new Uint8Array(0);
    this.#length = 0;
  }

  async close(): Promise<void> {
    await this.#thread?.close();
  }

  /** What `sign(key)`, in DER, or `verify(key, signature)` comes to. */
  async end(key: KeyObject, signature?: Uint8Array): Promise<unknown> {
    if (this.#thread) return this.#thread.end(key, signature);
    const passing = this.#kind === 'sign' ? createSign(this.#hash) : createVerify(this.#hash);
    passing.update(this.#kept.subarray(0, this.#length));
    return 'sign' in passing ? passing.sign(key) : passing.verify(key, signature!);
  }
}
