import type { Command } from 'commander';
import type { Terminal } from '../../context.ts';
import { addOutOptions, type OutOptions, writeOut } from '../../output/out-file.ts';
import { type Encoding, encodings } from './encoding.ts';

export interface BytesOptions extends OutOptions {
  encoding?: Encoding;
}

/** Adds where bytes go, and how: `--out`, `--overwrite` and `--encoding`. */
export const addBytesOptions = (command: Command): Command =>
  addOutOptions(command).addOption(
    command
      .createOption('--encoding <encoding>', 'how it is written (default: base64 on a terminal, else raw)')
      .choices(encodings),
  );

/** Writes the bytes themselves into a file or a pipe, and base64 on a terminal, unless something else is asked for. */
export async function writeBytes(terminal: Terminal, bytes: Uint8Array, options: BytesOptions): Promise<void> {
  const encoding = options.encoding ?? (options.out === undefined && terminal.outIsTTY ? 'base64' : 'raw');
  const text = encoding === 'raw' ? bytes : `${Buffer.from(bytes).toString(encoding)}\n`;
  await writeOut(terminal, text, options);
}
