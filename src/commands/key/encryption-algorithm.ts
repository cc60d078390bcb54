import type { Command } from 'commander';
import type { EncryptionAlgorithmSpec } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';

export interface AlgorithmOptions {
  algorithm?: EncryptionAlgorithmSpec;
}

export const pairAlgorithms: readonly EncryptionAlgorithmSpec[] = ['RSAES_OAEP_SHA_256', 'RSAES_OAEP_SHA_1', 'SM2PKE'];

/** Adds `--algorithm`, for keys that are not symmetric. */
export const addAlgorithmOption = (command: Command): Command =>
  command.addOption(
    command
      .createOption('--algorithm <algorithm>', 'for a key pair; without an encryption context')
      .choices(pairAlgorithms),
  );

/** A ciphertext of a key pair does not say whose it is. Throws code `usage` where nobody else does. */
export function requireKey({ algorithm, key }: AlgorithmOptions & { key?: string }): void {
  if (algorithm === undefined || key !== undefined) return;
  throw new UserError('usage', `--key has to say whose ciphertext of ${algorithm} it is`);
}
