import type { Command } from 'commander';
import type { SessionFlags } from '../../aws/session.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { readValue } from '../../input/value.ts';
import { readRecoveryKey } from '../../vault/recovery-key.ts';

export interface RecoveryOptions extends SessionFlags {
  recoveryKey?: boolean;
  recoveryKeyFile?: string;
}

/** Adds the ways in which a recovery key is given. */
export const addRecoveryOptions = (command: Command): Command =>
  command
    .option('--recovery-key', 'open with the recovery key: asked for, or read from standard input')
    .option('--recovery-key-file <file>', 'the recovery key is in this file');

/** The recovery key that is to open the vault; undefined where none was named. Throws code `integrity` for a mistyped one. */
export async function readRecovery(context: Context, options: RecoveryOptions) {
  const { recoveryKey, recoveryKeyFile: valueFile } = options;
  if (!recoveryKey && valueFile === undefined) return undefined;
  const bytes = await readValue(context, { valueFile, trimNewline: true }, { question: 'Recovery key' });
  const recovery = readRecoveryKey(Buffer.from(bytes).toString());
  if (recovery) return { recovery };
  throw new UserError('integrity', 'that is no recovery key: a character is wrong or missing', {
    hints: ['it has nine groups of four letters and digits'],
  });
}
