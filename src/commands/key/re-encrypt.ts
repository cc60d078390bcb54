import type { EncryptionAlgorithmSpec } from '../../aws/services.ts';
import { addValueOptions, readValue, type ValueOptions } from '../../input/value.ts';
import { writeValue } from '../../output/value.ts';
import { parseKey } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { fromBase64, toBase64 } from './ciphertext.ts';
import { type AlgorithmOptions, addAlgorithmOption, pairAlgorithms, requireKey } from './encryption-algorithm.ts';
import { addContextOption, type EncryptionContext, readContext } from './encryption-context.ts';

interface Options extends ValueOptions, AlgorithmOptions {
  key?: string;
  newAlgorithm?: EncryptionAlgorithmSpec;
  context?: EncryptionContext;
  newContext?: EncryptionContext;
  raw?: boolean;
  force?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addAlgorithmOption(addContextOption(addValueOptions(command)))
      .argument('<key>', 'the key that is to encrypt it from now on: alias/NAME, id or ARN')
      .option('--new-context <key=value>', 'another encryption context from now on; again for more', readContext)
      .option('--key <key>', 'the key that encrypted it; that of a key pair has to be named')
      .addOption(
        command
          .createOption('--new-algorithm <algorithm>', 'for a key pair that is to encrypt it from now on')
          .choices(pairAlgorithms),
      )
      .option('--raw', 'print the bytes themselves, not base64')
      .option('--force', 'with --raw: print them to a terminal')
      .addHelpText(
        'after',
        '\nReads what "key encrypt" made; the plaintext stays inside KMS.\n\nExample:\n  latchkey key re-encrypt alias/new --value-file token.enc',
      ),

  async run(context, [text], options) {
    requireKey(options);
    const { where, id } = parseKey(text!);
    const { kms } = await context.clients(where);
    const { CiphertextBlob } = await kms.reEncrypt({
      CiphertextBlob: fromBase64(await readValue(context, options, { question: 'What to re-encrypt (base64)' })),
      SourceKeyId: options.key === undefined ? undefined : parseKey(options.key).id,
      SourceEncryptionAlgorithm: options.algorithm,
      DestinationKeyId: id,
      DestinationEncryptionAlgorithm: options.newAlgorithm,
      SourceEncryptionContext: options.context,
      DestinationEncryptionContext: options.newContext ?? (options.newAlgorithm ? undefined : options.context),
    });
    if (options.raw) await writeValue(context.terminal, CiphertextBlob!, options);
    else await context.terminal.write(`${toBase64(CiphertextBlob!)}\n`);
  },
};
