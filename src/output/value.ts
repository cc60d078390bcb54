import type { Terminal } from '../context.ts';
import { UserError } from '../errors.ts';
import { visible } from './visible.ts';

/**
 * Prints a value and nothing else: exactly its bytes when piped; on a terminal visible, and with a newline behind it.
 * Throws code `usage` for binary on a terminal, unless forced.
 */
export async function writeValue(
  terminal: Terminal,
  value: string | Uint8Array,
  { force = false } = {},
): Promise<void> {
  if (!terminal.outIsTTY) return terminal.write(value);
  const text = typeof value === 'string' ? value : asText(value);
  if (text !== undefined) return terminal.write(`${visible(text)}\n`);
  if (force) return terminal.write(value);
  throw new UserError(
    'usage',
    `the value is ${value.length.toLocaleString('en')} bytes of binary, not for a terminal`,
    {
      hints: ['write it to a file: > FILE', 'print it all the same: --force'],
    },
  );
}

/** The text that bytes are, if they are UTF-8 without NUL. */
function asText(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
