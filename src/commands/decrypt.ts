import { openSource } from '../input/chunks.ts';
import { addOutOptions } from '../output/out-file.ts';
import { asBytes, progressOf } from '../output/progress.ts';
import { counted } from './envelope/counted.ts';
import { addFolderOptions } from './envelope/folder-options.ts';
import { addKeyOptions } from './envelope/key-options.ts';
import { keyringsOf } from './envelope/keyrings.ts';
import { addMessageOptions } from './envelope/message-options.ts';
import { type DecryptOptions, opened } from './envelope/opened.ts';
import { requireOther } from './envelope/require-other.ts';
import { explainDamage } from './envelope/trouble.ts';
import { checkPieces, writePieces } from './envelope/write-pieces.ts';
import type { Verb } from './verb.ts';

const words = `
Opens what "latchkey encrypt" or any AWS Encryption SDK has sealed, armored or not. Only keys that are named are tried.
Each pair of --context must be in the message, or was kept out of it by --require-context.

A file is there once all of it is verified, or not at all. Standard output gets what is verified as it goes, and never
the last of a message that is not whole: exit 7 says that what came before is to be thrown away.

Examples:
  latchkey decrypt backup.tar.lk --key-file my.key --out backup.tar
  latchkey decrypt backup.tar.lk --kms-key alias/app --context app=web --out backup.tar
  latchkey decrypt photos.txt --passphrase | tar x
  latchkey decrypt ./sealed --recursive --kms-key alias/app --out ./reports`;

export const verb: Verb<DecryptOptions> = {
  words: (command) =>
    addFolderOptions(addMessageOptions(addKeyOptions(addOutOptions(command), 'to open it with')))
      .argument('<file>', 'a file; "-" is standard input')
      .option('--force', 'print binary to a terminal')
      .addHelpText('after', words),

  async run(context, [file], options) {
    if (options.recursive) {
      const { decryptFolder } = await import('./envelope/decrypt-folder.ts');
      return decryptFolder(context, file!, options);
    }
    checkPieces(options);
    const keyrings = await keyringsOf(context, options, 'open');
    const source = openSource(context, file!);
    requireOther(source, options.out);
    const progress = progressOf(context.terminal, 'opening', source.length, { say: asBytes });
    try {
      const chunks = counted(source.chunks, progress);
      const { plaintext } = await opened({ ...source, chunks }, keyrings, options);
      await writePieces(context.terminal, plaintext, options);
    } catch (error) {
      throw explainDamage(error, source.said);
    } finally {
      progress.end();
    }
  },
};
