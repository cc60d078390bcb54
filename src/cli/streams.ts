import fs from 'node:fs';
import { UserError } from '../errors.ts';

/** File descriptors of the standard streams. */
export const [stdin, stdout, stderr] = [0, 1, 2] as const;

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Streams that nobody reads on: `latchkey secret list | head`. */
const closed = new Set<number>();

/**
 * Writes all of it before it returns, so that no exit can cut it off. Where nobody reads on, the rest is dropped and the
 * work goes on: a key that was made is still to get its name. Throws code `unreachable` where output cannot be kept.
 */
export function writeAll(fd: number, data: string | Uint8Array): void {
  let rest = typeof data === 'string' ? Buffer.from(data) : data;
  while (rest.length > 0 && !closed.has(fd)) {
    try {
      rest = rest.subarray(fs.writeSync(fd, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN')
        Atomics.wait(pause, 0, 0, 5); // a pipe that is full and does not block
      else if (code === 'EPIPE' || fd === stderr) closed.add(fd);
      else throw cannotWrite(code, error);
    }
  }
}

const cannotWrite = (code: string | undefined, cause: unknown) =>
  new UserError('unreachable', `standard output cannot be written: ${code === 'ENOSPC' ? 'no space is left' : code}`, {
    cause,
  });
