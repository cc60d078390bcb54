import { UserError } from '../../errors.ts';
import { addListOptions, type ListOptions, writeRecord } from '../../output/list.ts';
import { parseKey } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { addContextOption, type EncryptionContext } from './encryption-context.ts';

interface Options extends ListOptions {
  bytes: number;
  context?: EncryptionContext;
  plaintext: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(addContextOption(command))
      .argument('<key>', 'the key that wraps it: alias/NAME, id or ARN')
      .option('--bytes <number>', 'how long, 1 to 1024', readBytes, 32)
      .option('--no-plaintext', 'only the wrapped key, for later')
      .addHelpText(
        'after',
        '\nPrints the key itself (Plaintext) and the wrapped one (CiphertextBlob), in base64; "key decrypt" unwraps it.\n\nExample:\n  latchkey key data-key alias/app --no-plaintext --query CiphertextBlob --output text',
      ),

  async run(context, [text], options) {
    const { where, id } = parseKey(text!);
    const { kms } = await context.clients(where);
    const request = { KeyId: id, NumberOfBytes: options.bytes, EncryptionContext: options.context };
    const answer = options.plaintext
      ? await kms.generateDataKey(request)
      : await kms.generateDataKeyWithoutPlaintext(request);
    await writeRecord(context.terminal, answer, options);
  },
};

/** Throws code `usage` for what KMS would not make at once. */
export function readBytes(text: string): number {
  const bytes = Number(text);
  if (/^\d+$/.test(text) && bytes >= 1 && bytes <= 1024) return bytes;
  throw new UserError('usage', `--bytes expects 1 to 1024, got "${text}"`);
}
