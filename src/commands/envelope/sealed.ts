import { armor } from '../../envelope/armor.ts';
import type { Keyring } from '../../envelope/keyring.ts';
import { type SealOptions, seal } from '../../envelope/seal.ts';
import type { SuiteName } from '../../envelope/suites.ts';
import { UserError } from '../../errors.ts';
import type { Source } from '../../input/chunks.ts';
import type { OutOptions } from '../../output/out-file.ts';
import type { CacheOptions } from './cache-options.ts';
import type { FolderOptions } from './folder-options.ts';
import type { KeyOptions } from './key-options.ts';
import type { MessageOptions } from './message-options.ts';

export interface EncryptOptions extends KeyOptions, MessageOptions, OutOptions, FolderOptions, CacheOptions {
  suite?: SuiteName;
  frameLength?: number;
  requireContext?: string[];
  armor?: boolean;
  force?: boolean;
}

/** The message, as it is to be written. */
export function sealed(
  source: Source,
  keyrings: readonly Keyring[],
  options: EncryptOptions,
): AsyncIterable<Uint8Array> {
  const message = seal(source.chunks, keyrings, sealOptionsOf(options, source));
  return options.armor ? armor(message) : message;
}

/** One block says its length before it begins, so what is piped in cannot be one. What goes to a file may use its memory again. */
function sealOptionsOf(options: EncryptOptions, { length, stats }: Source): SealOptions {
  const { suite, frameLength, context, requireContext, commitment, maxDataKeys, out } = options;
  if (frameLength === 0 && !stats?.isFile()) {
    throw new UserError('usage', 'one block must be of a known length, and this is a stream', {
      hints: ['leave out --frame-length 0', 'or name a file'],
    });
  }
  return {
    suite,
    frameLength,
    context,
    requiredKeys: requireContext,
    commitment,
    maxDataKeys,
    length: frameLength === 0 ? stats!.size : length,
    reuse: out !== undefined,
  };
}
