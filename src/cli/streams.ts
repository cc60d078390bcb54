import fs from 'node:fs';
import { UserError } from '../errors.ts';

/** File descriptors of the standard streams. */
export const [stdin, stdout, stderr] = [0, 1, 2] as const;

const pause = new Int32Array(new SharedArrayBuffer(4));

const reasons: Record<string, string> = { ENOSPC: 'there is no space left', EDQUOT: 'there is no space left' };

/**
 * Writes all of it before it returns, so that no exit can cut it off. Talk that nobody can hear is left unsaid: it
 * changes neither what is done nor the exit code. Throws code `denied` where there is no place for data.
 */
export function writeAll(fd: number, data: string | Uint8Array): void {
  let rest = typeof data === 'string' ? Buffer.from(data) : data;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(fs.writeSync(fd, rest));
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') {
        Atomics.wait(pause, 0, 0, 5); // a pipe that is full and does not block
        continue;
      }
      if (fd === stderr) return;
      if (code === 'EPIPE') process.exit(0); // nobody reads on: `latchkey secret list | head`
      const reason = reasons[code] ?? code;
      throw new UserError('denied', `the output cannot be written: ${reason}`, { cause: error });
    }
  }
}
