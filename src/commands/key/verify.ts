import { parseKey } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { addSigningOptions, longMessages, readSignable, type SigningOptions } from './signing.ts';
import { isTrue, readProof } from './verdict.ts';

interface Options extends SigningOptions {
  signature: string;
}

const words = `
Exit code 0 where the signature is true, and 1 where it is false.
${longMessages}

Examples:
  latchkey key verify alias/release app.tgz --signature app.tgz.sig
  sha256sum app.tgz | latchkey key verify alias/release --digest --signature app.tgz.sig`;

export const verb: Verb<Options> = {
  words: (command) =>
    addSigningOptions(command)
      .argument('<key>', 'the key that is said to have signed: alias/NAME, id or ARN')
      .argument('[file]', 'what is signed; standard input when left out')
      .requiredOption('--signature <file>', 'the signature: the bytes, base64 or hexadecimal; "-" is standard input')
      .addHelpText('after', words),

  async run(context, [text, file], options) {
    const { where, id } = parseKey(text!);
    const Signature = await readProof(context, { file, proof: options.signature, option: '--signature' });
    const { kms } = await context.clients(where);
    const signable = await readSignable(context, { kms, id, file }, options);
    const asked = kms.verify({ KeyId: id, ...signable, Signature }).then(({ SignatureValid }) => SignatureValid);
    const { terminal } = context;
    if (await isTrue(asked, 'KMSInvalidSignatureException')) {
      terminal.remark(`the signature is true (${signable.SigningAlgorithm})`);
      return 0;
    }
    terminal.say(`the signature is false: not of this message, not by this key, or not ${signable.SigningAlgorithm}`);
    return 1;
  },
};
