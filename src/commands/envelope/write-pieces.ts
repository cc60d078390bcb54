import path from 'node:path';
import type { Terminal } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { writing } from '../../files.ts';
import { checkOut, type OutOptions, requireFolder, sayTaken } from '../../output/out-file.ts';
import { streamFileWhole } from '../../output/stream-file.ts';
import { writeValue } from '../../output/value.ts';

interface Options extends OutOptions {
  force?: boolean;
  /** Permissions of the new file; 0600 where nothing else is said. */
  mode?: number;
}

/** What a person can be shown at once. */
const mostOnTerminal = 1024 * 1024;

/** Throws what would keep `writePieces` from writing, before anything is asked or read. */
export function checkPieces(options: Options): void {
  checkOut(options);
  if (options.out !== undefined) requireFolder(path.resolve(options.out));
}

/**
 * Writes what comes piece by piece: to a new file, whole or not at all; else to stdout as it comes. A terminal gets it
 * once all has come, and only where it is text.
 */
export async function writePieces(
  terminal: Terminal,
  pieces: AsyncIterable<Uint8Array>,
  options: Options,
): Promise<void> {
  const { out, overwrite, mode } = options;
  if (out === undefined) return terminal.outIsTTY ? show(terminal, pieces, options) : pass(terminal, pieces);
  const file = path.resolve(out);
  await sayTaken(out, () => writing(out, () => streamFileWhole(file, pieces, { mode, exclusive: !overwrite })));
  terminal.remark(`wrote "${out}"`);
}

async function show(terminal: Terminal, pieces: AsyncIterable<Uint8Array>, options: Options): Promise<void> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    parts.push(piece);
    length += piece.length;
    if (length <= mostOnTerminal) continue;
    throw new UserError('usage', 'it is more than a terminal should show', {
      hints: ['write it to a file: --out FILE'],
    });
  }
  await writeValue(terminal, Buffer.concat(parts), options);
}

async function pass(terminal: Terminal, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  let written = false;
  try {
    for await (const piece of pieces) {
      await terminal.write(piece);
      written ||= piece.length > 0;
    }
  } catch (error) {
    if (written) terminal.say('latchkey: warning: what standard output has got is not whole: throw it away');
    throw error;
  }
}
