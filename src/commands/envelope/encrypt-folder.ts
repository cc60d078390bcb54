import fs from 'node:fs';
import type { Context } from '../../context.ts';
import type { inspect } from '../../envelope/inspect.ts';
import type { Keyring } from '../../envelope/keyring.ts';
import { cachedKeyring } from '../../envelope/keyrings/cached.ts';
import { UserError } from '../../errors.ts';
import { writing } from '../../files.ts';
import { openSource, type Source } from '../../input/chunks.ts';
import { streamFileWhole } from '../../output/stream-file.ts';
import { counted } from './counted.ts';
import { describeHeader } from './describe.ts';
import { eachFile } from './each-file.ts';
import { inspectFile } from './inspect-file.ts';
import { keyringsOf } from './keyrings.ts';
import { metadataWriter } from './metadata.ts';
import { type EncryptOptions, sealed } from './sealed.ts';
import { explainSealing } from './trouble.ts';

/** Seals every file below a folder, under data keys that serve many. */
export async function encryptFolder(context: Context, from: string, options: EncryptOptions): Promise<undefined> {
  const { cacheMessages: messages, cacheBytes: bytes, cacheAge, suffix, overwrite } = options;
  const keyrings = await keyringsOf(context, options, 'seal');
  const keyring = givingUp(cachedKeyring(keyrings, { messages, bytes, seconds: cacheAge / 1000 }));
  const metadata = metadataWriter(options.metadata);
  try {
    await eachFile(context, from, options, {
      doing: 'sealing',
      nameOf: (name) => `${name}${suffix}`,
      isSame: async (target) => isSealedSo(await inspectFile(target), options),
      async convert({ source, target }, progress) {
        const file = openSource(context, source);
        const chunks = counted(file.chunks, progress);
        // Of an empty one, too, the length is known: its data key is one of those that serve many.
        const length = file.stats!.size;
        const pieces = sealed({ ...file, chunks, length }, [keyring], options);
        const written = await writing(target, () =>
          streamFileWhole(target, pieces, { exclusive: !overwrite, folderLater: true }),
        ).catch((error) => Promise.reject(explainSealing(error, options)));
        requireUnchanged(source, file, target);
        if (options.metadata === undefined) return;
        const header = describeHeader(await inspectFile(target));
        metadata.add({
          Action: 'encrypt',
          Input: source,
          Output: target,
          Bytes: length,
          SealedBytes: written,
          ...header,
        });
      },
    });
  } finally {
    metadata.close();
  }
}

/** What is newer than its source is taken for done: of a source that changed while it was read, nothing may be left. */
function requireUnchanged(source: string, { stats }: Source, target: string): void {
  const now = fs.statSync(source, { throwIfNoEntry: false });
  if (now?.mtimeMs === stats!.mtimeMs && now.size === stats!.size) return;
  fs.rmSync(target, { force: true });
  throw new UserError('conflict', 'it changed while it was read', { hints: ['run it again'] });
}

/** What keeps one file from its data key keeps all from theirs: KMS is not asked thousands of times in vain. */
function givingUp(keyring: Keyring): Keyring {
  let failed: Promise<never> | undefined;
  const materials: Keyring['materials'] = (suite, context, length) => {
    if (failed) return failed;
    const made = keyring.materials!(suite, context, length);
    made.catch((error) => {
      failed ??= Promise.reject(error);
      failed.catch(() => {});
    });
    return made;
  };
  return { ...keyring, materials };
}

/** A file that was sealed in another way is not what the command line asks for now. */
function isSealedSo({ suite, context }: Awaited<ReturnType<typeof inspect>>, options: EncryptOptions): boolean {
  const unstored = new Set(options.requireContext);
  const wanted = Object.entries(options.context ?? {}).filter(([key]) => !unstored.has(key));
  const stored = Object.keys(context).filter((key) => !key.startsWith('aws-crypto-'));
  const isSuite = suite.name === (options.suite ?? (options.commitment === 'forbid-allow' ? '0378' : '0578'));
  return isSuite && stored.length === wanted.length && wanted.every(([key, value]) => context[key] === value);
}
