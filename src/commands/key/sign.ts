import { checkOut } from '../../output/out-file.ts';
import { parseKey } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { addBytesOptions, type BytesOptions, writeBytes } from './bytes-out.ts';
import { addSigningOptions, longMessages, readSignable, type SigningOptions } from './signing.ts';

interface Options extends SigningOptions, BytesOptions {}

const words = `
${longMessages}

Prints the signature as OpenSSL reads it, and "key verify" does; of ECDSA that is DER.

Examples:
  latchkey key sign alias/release app.tgz --out app.tgz.sig
  sha256sum app.tgz | latchkey key sign alias/release --digest --encoding base64`;

export const verb: Verb<Options> = {
  words: (command) =>
    addBytesOptions(addSigningOptions(command))
      .argument('<key>', 'the key that signs: alias/NAME, id or ARN')
      .argument('[file]', 'what is to be signed; standard input when left out')
      .addHelpText('after', words),

  async run(context, [text, file], options) {
    checkOut(options);
    const { where, id } = parseKey(text!);
    const { kms } = await context.clients(where);
    const signable = await readSignable(context, { kms, id, file }, options);
    const { Signature } = await kms.sign({ KeyId: id, ...signable });
    await writeBytes(context.terminal, Signature!, options);
    context.terminal.remark(`signed with ${signable.SigningAlgorithm}`);
  },
};
