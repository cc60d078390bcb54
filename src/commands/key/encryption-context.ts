import type { Command } from 'commander';
import { UserError } from '../../errors.ts';
import { splitPair } from '../tags.ts';

export type EncryptionContext = Record<string, string>;

/** Adds `--context KEY=VALUE`, which may be given many times. */
export const addContextOption = (command: Command): Command =>
  command.option(
    '--context <key=value>',
    'encryption context: not secret, and needed again to decrypt; give it again for more',
    readContext,
  );

/** Reads one more pair. Throws code `usage` for a name that is there already. */
export function readContext(text: string, before: EncryptionContext = {}): EncryptionContext {
  const [key, value] = splitPair(text, '--context');
  if (Object.hasOwn(before, key)) throw new UserError('usage', `the encryption context names "${key}" twice`);
  return { ...before, [key]: value };
}
