import { addValueOptions, readValue, type ValueOptions } from '../../input/value.ts';
import { writeValue } from '../../output/value.ts';
import { parseKey } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { fromBase64 } from './ciphertext.ts';
import { type AlgorithmOptions, addAlgorithmOption, requireKey } from './encryption-algorithm.ts';
import { addContextOption, type EncryptionContext } from './encryption-context.ts';

interface Options extends ValueOptions, AlgorithmOptions {
  key?: string;
  context?: EncryptionContext;
  force?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addAlgorithmOption(addContextOption(addValueOptions(command)))
      .option('--key <key>', 'only if this key encrypted it, else exit 7; that of a key pair has to be named')
      .option('--force', 'print binary to a terminal')
      .addHelpText(
        'after',
        '\nReads base64 or the bytes themselves.\n\nExample:\n  latchkey key decrypt --value-file token.enc --context app=web',
      ),

  async run(context, _args, options) {
    requireKey(options);
    const { where, id } = options.key === undefined ? {} : parseKey(options.key);
    const { kms } = await context.clients(where);
    const CiphertextBlob = fromBase64(await readValue(context, options, { question: 'What to decrypt (base64)' }));
    const { Plaintext } = await kms.decrypt({
      CiphertextBlob,
      KeyId: id,
      EncryptionContext: options.context,
      EncryptionAlgorithm: options.algorithm,
    });
    await writeValue(context.terminal, Plaintext!, options);
  },
};
