import { UserError } from '../errors.ts';
import { openSource } from '../input/chunks.ts';
import { addOutOptions } from '../output/out-file.ts';
import { asBytes, progressOf } from '../output/progress.ts';
import { addCacheOptions } from './envelope/cache-options.ts';
import { counted } from './envelope/counted.ts';
import { addFolderOptions } from './envelope/folder-options.ts';
import { addKeyOptions, gather } from './envelope/key-options.ts';
import { keyringsOf } from './envelope/keyrings.ts';
import { addMessageOptions, readFrameLength, readSuite } from './envelope/message-options.ts';
import { requireOther } from './envelope/require-other.ts';
import { type EncryptOptions, sealed } from './envelope/sealed.ts';
import { explainSealing } from './envelope/trouble.ts';
import { checkPieces, writePieces } from './envelope/write-pieces.ts';
import type { Verb } from './verb.ts';

const words = `
Seals a file or a stream of any size in the message format of the AWS Encryption SDK, which opens it, too. Any one of
the keys opens it: "latchkey decrypt". The context is in the open, and is authenticated.

With --recursive each file below a folder becomes one below --out. Run again, it seals what is missing or has changed;
what is sealed already with the same suite and context is left alone, unless --overwrite seals all anew. Under a KMS key
the files share data keys, 1,000 at most each, for five minutes at most.

Examples:
  latchkey encrypt backup.tar --key-file my.key --out backup.tar.lk
  latchkey encrypt backup.tar --kms-key alias/app --rsa-key recovery.pub --context app=web --out backup.tar.lk
  tar c ./photos | latchkey encrypt - --passphrase --armor > photos.txt
  latchkey encrypt ./reports --recursive --kms-key alias/app --out ./sealed`;

export const verb: Verb<EncryptOptions> = {
  words: (command) =>
    addCacheOptions(addFolderOptions(addMessageOptions(addKeyOptions(addOutOptions(command), 'that opens it'))))
      .argument('<file>', 'a file; "-" is standard input')
      .option('--require-context <key>', 'a key of the context that is not stored: who opens must say it', gather)
      .option('--suite <suite>', 'signed (0578, the default), unsigned (0478, faster), or another number', readSuite)
      .option('--frame-length <bytes>', 'of text in a frame, like 64k (the default); 0 for one block', readFrameLength)
      .option('--armor', 'base64 text')
      .option('--force', 'print the bytes to a terminal')
      .addHelpText('after', words),

  async run(context, [file], options) {
    requireStored(options);
    if (options.recursive) {
      // Apart, since it is more than one file needs.
      const { encryptFolder } = await import('./envelope/encrypt-folder.ts');
      return encryptFolder(context, file!, options);
    }
    checkPieces(options);
    const keyrings = await keyringsOf(context, options, 'seal');
    const source = openSource(context, file!);
    requireOther(source, options.out);
    const progress = progressOf(context.terminal, 'sealing', source.length, { say: asBytes });
    try {
      const pieces = sealed({ ...source, chunks: counted(source.chunks, progress) }, keyrings, options);
      await writePieces(context.terminal, pieces, options);
    } catch (error) {
      throw explainSealing(error, options);
    } finally {
      progress.end();
    }
  },
};

function requireStored({ context = {}, requireContext = [] }: EncryptOptions): void {
  const missing = requireContext.find((key) => !Object.hasOwn(context, key));
  if (missing === undefined) return;
  throw new UserError('usage', `--require-context names "${missing}", which the context has not`, {
    hints: [`say what it is: --context ${missing}=VALUE`],
  });
}
