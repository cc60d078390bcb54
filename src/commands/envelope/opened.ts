import { unarmor } from '../../envelope/armor.ts';
import type { Keyring } from '../../envelope/keyring.ts';
import { type Opened, open } from '../../envelope/open.ts';
import type { Source } from '../../input/chunks.ts';
import type { OutOptions } from '../../output/out-file.ts';
import type { FolderOptions } from './folder-options.ts';
import type { KeyOptions } from './key-options.ts';
import type { MessageOptions } from './message-options.ts';

export interface DecryptOptions extends KeyOptions, MessageOptions, OutOptions, FolderOptions {
  force?: boolean;
}

/**
 * What is written to a file is not there for anybody before its end, so it may come before it is verified, and use its
 * memory again.
 */
export function opened(source: Source, keyrings: readonly Keyring[], options: DecryptOptions): Promise<Opened> {
  const { context, commitment, maxDataKeys } = options;
  const toFile = options.out !== undefined;
  return open(unarmor(source.chunks), keyrings, {
    context,
    commitment,
    maxDataKeys,
    unverified: toFile,
    reuse: toFile,
  });
}
