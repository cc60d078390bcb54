import { UserError } from '../../errors.ts';
import { addValueOptions, readValue, type ValueOptions } from '../../input/value.ts';
import { writeValue } from '../../output/value.ts';
import { parseKey } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { toBase64 } from './ciphertext.ts';
import { type AlgorithmOptions, addAlgorithmOption } from './encryption-algorithm.ts';
import { addContextOption, type EncryptionContext } from './encryption-context.ts';

/** Bytes that KMS encrypts at most. */
const limit = 4096;

interface Options extends ValueOptions, AlgorithmOptions {
  context?: EncryptionContext;
  raw?: boolean;
  force?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addAlgorithmOption(addContextOption(addValueOptions(command)))
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .option('--raw', 'print the bytes themselves, not base64')
      .option('--force', 'with --raw: print them to a terminal')
      .addHelpText(
        'after',
        `\nPrints base64, which "key decrypt" reads.\n\nExample:\n  latchkey key encrypt alias/app --value-file token > token.enc`,
      ),

  async run(context, [text], options) {
    const { where, id } = parseKey(text!);
    const { kms } = await context.clients(where);
    const Plaintext = await readValue(context, options, { question: 'What to encrypt' });
    requireSize(Plaintext);
    const { CiphertextBlob } = await kms.encrypt({
      KeyId: id,
      Plaintext,
      EncryptionContext: options.context,
      EncryptionAlgorithm: options.algorithm,
    });
    if (options.raw) await writeValue(context.terminal, CiphertextBlob!, options);
    else await context.terminal.write(`${toBase64(CiphertextBlob!)}\n`);
  },
};

function requireSize({ length }: Uint8Array): void {
  if (length <= limit) return;
  const sizes = `${length.toLocaleString('en')} bytes, and a key encrypts at most ${limit.toLocaleString('en')}`;
  throw new UserError('usage', `the value is ${sizes}`, {
    hints: ['envelope encryption takes any size: "latchkey encrypt FILE --kms-key KEY --out FILE.lk"'],
  });
}
