import { readLines } from './lines.ts';
import type { Format } from './pair.ts';
import { cannotTake } from './refuse.ts';
import { writeVariables } from './variables.ts';

const taker = 'docker run --env-file';
/** Bytes of a line, its newline too, that Docker's reader has room for. */
const longest = 64 * 1024;

/** For `docker run --env-file`, which knows no quotes: a value is the rest of its line, as it is. */
export const format: Format = {
  write: (pairs) =>
    writeVariables(pairs, taker, (name, value) => {
      if (/[\r\n]/.test(value)) throw cannotTake(name, 'holds a line break', taker);
      const line = `${name}=${value}`;
      if (Buffer.byteLength(line) >= longest - 1) throw cannotTake(name, 'makes a line of 64 KiB and more', taker);
      return line;
    }),

  read: (text) =>
    readLines(
      text.split(/\r?\n/).map((line) => line.trimStart()),
      /^(#|$)/,
    ),
};
