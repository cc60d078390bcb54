import fs from 'node:fs';

/** File descriptors of the standard streams. */
export const [stdin, stdout, stderr] = [0, 1, 2] as const;

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Writes all of it before it returns, so that no exit can cut it off. */
export function writeAll(fd: number, data: string | Uint8Array): void {
  let rest = typeof data === 'string' ? Buffer.from(data) : data;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(fs.writeSync(fd, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') process.exit(0); // nobody reads on: `latchkey secret list | head`
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(pause, 0, 0, 5); // a pipe that is full and does not block
    }
  }
}
