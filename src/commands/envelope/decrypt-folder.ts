import type { Context } from '../../context.ts';
import { cachedKeyring } from '../../envelope/keyrings/cached.ts';
import { writing } from '../../files.ts';
import { openSource } from '../../input/chunks.ts';
import { streamFileWhole } from '../../output/stream-file.ts';
import { counted } from './counted.ts';
import { describeHeader } from './describe.ts';
import { eachFile } from './each-file.ts';
import { keyringsOf } from './keyrings.ts';
import { metadataWriter } from './metadata.ts';
import { type DecryptOptions, opened } from './opened.ts';
import { explainDamage } from './trouble.ts';

/** Opens every file below a folder whose name has the suffix; a data key that several share is asked for once. */
export async function decryptFolder(context: Context, from: string, options: DecryptOptions): Promise<undefined> {
  const { suffix, overwrite } = options;
  const keyring = cachedKeyring(await keyringsOf(context, options, 'open'));
  const metadata = metadataWriter(options.metadata);
  try {
    await eachFile(context, from, options, {
      doing: 'opening',
      nameOf: (name) => (name.endsWith(suffix) ? withoutSuffix(name, suffix) : undefined),
      isSame: async () => true,
      async convert({ source, target }, progress) {
        const file = openSource(context, source);
        try {
          const { header, plaintext } = await opened(
            { ...file, chunks: counted(file.chunks, progress) },
            [keyring],
            options,
          );
          const written = await writing(target, () =>
            streamFileWhole(target, plaintext, { exclusive: !overwrite, folderLater: true }),
          );
          metadata.add({ Action: 'decrypt', Input: source, Output: target, Bytes: written, ...describeHeader(header) });
        } catch (error) {
          throw explainDamage(error, `"${source}"`);
        }
      },
    });
  } finally {
    metadata.close();
  }
}

/** A file that is called like the suffix and nothing else has no name without it. */
function withoutSuffix(name: string, suffix: string): string | undefined {
  const rest = name.slice(0, name.length - suffix.length);
  return rest === '' || /[\\/]$/.test(rest) ? undefined : rest;
}
