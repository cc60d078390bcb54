import type { Command } from 'commander';
import type { EncryptionAlgorithmSpec } from '../../aws/services.ts';

export interface AlgorithmOptions {
  algorithm?: EncryptionAlgorithmSpec;
}

/** Adds `--algorithm`, for keys that are not symmetric. */
export const addAlgorithmOption = (command: Command): Command =>
  command.addOption(
    command
      .createOption('--algorithm <algorithm>', 'for a key pair; without an encryption context')
      .choices(['RSAES_OAEP_SHA_256', 'RSAES_OAEP_SHA_1', 'SM2PKE']),
  );
