import fs from 'node:fs';
import { unarmor } from '../../envelope/armor.ts';
import { type Inspection, inspect } from '../../envelope/inspect.ts';

/** Bytes that hold nearly every header. */
const startLength = 8192;

/** What the header of a file says. Throws Node's own errors, and `EnvelopeError`. */
export async function inspectFile(file: string): Promise<Inspection> {
  const fd = fs.openSync(file, 'r');
  try {
    return await inspect(unarmor(startOf(fd)));
  } finally {
    fs.closeSync(fd);
  }
}

async function* startOf(fd: number): AsyncGenerator<Uint8Array> {
  for (;;) {
    const buffer = Buffer.allocUnsafe(startLength);
    const length = fs.readSync(fd, buffer);
    if (length === 0) return;
    yield buffer.subarray(0, length);
  }
}
