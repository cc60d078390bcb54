import type { KeyObject } from 'node:crypto';
import { on } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Bytes go over in memory that both threads see, piece by piece: while some are hashed others fill. */
const pieceLength = 512 * 1024;
const ahead = 3;

/** Text, since the program is bundled into single files. Every piece is answered once it may be filled again, the end by what came of it. */
const code = `
const { createSign, createVerify } = require('node:crypto');
const { parentPort, workerData: { kind, hash } } = require('node:worker_threads');
const passing = (kind === 'sign' ? createSign : createVerify)(hash);
parentPort.on('message', ({ bytes, end }) => {
  if (bytes) passing.update(bytes);
  parentPort.postMessage(end && passing[kind](...end));
});
`;

/** Signs or verifies in a thread beside, since hashing takes longer than sealing. It takes some 30 ms to start; the first pieces need not wait for it. */
export class PassingThread {
  readonly #worker: Worker;
  readonly #answers: AsyncIterator<[unknown]>;
  readonly #free: Uint8Array[] = [];
  /** Undefined for what it need not give back. */
  readonly #busy: (Uint8Array | undefined)[] = [];
  #piece = newPiece();
  #filled = 0;

  constructor(kind: 'sign' | 'verify', hash: string) {
    this.#worker = new Worker(code, { eval: true, workerData: { kind, hash } });
    this.#answers = on(this.#worker, 'message') as AsyncIterator<[unknown]>;
    this.#worker.unref(); // not before: whoever listens keeps it
  }

  /** The bytes lie in shared memory, and stay as they are until `room` has been waited for three times more. */
  lend(bytes: Uint8Array): void {
    if (this.#filled > 0) this.#send();
    this.#worker.postMessage({ bytes });
    this.#busy.push(undefined);
  }

  /** The bytes' memory goes over to the thread. */
  give(bytes: Uint8Array<ArrayBuffer>): void {
    this.#worker.postMessage({ bytes }, [bytes.buffer]);
    this.#busy.push(undefined);
  }

  /** The bytes are copied. */
  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + pieceLength - this.#filled);
      this.#piece.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === pieceLength) this.#send();
    }
  }

  /** Waits until the thread has caught up, but for a few pieces. */
  async room(): Promise<void> {
    while (this.#busy.length > ahead) await this.#answered();
  }

  /** What `sign(key)` or `verify(key, signature)` comes to. */
  async end(...end: [key: KeyObject, signature?: Uint8Array]): Promise<unknown> {
    this.#send();
    while (this.#busy.length > 0) await this.#answered();
    this.#worker.postMessage({ end });
    return this.#answer();
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(): void {
    this.#worker.postMessage({ bytes: this.#piece.subarray(0, this.#filled) });
    this.#busy.push(this.#piece);
    this.#piece = this.#free.pop() ?? newPiece();
    this.#filled = 0;
  }

  async #answered(): Promise<void> {
    await this.#answer();
    const piece = this.#busy.shift();
    if (piece) this.#free.push(piece);
  }

  /** Only while it is waited for does the thread keep Node from ending. */
  async #answer(): Promise<unknown> {
    this.#worker.ref();
    try {
      return (await this.#answers.next()).value[0];
    } finally {
      this.#worker.unref();
    }
  }
}

const newPiece = (): Uint8Array => new Uint8Array(new SharedArrayBuffer(pieceLength));
