import { readFile } from '../../input/value.ts';
import { checkOut } from '../../output/out-file.ts';
import { parseKey } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { addBytesOptions, type BytesOptions, writeBytes } from './bytes-out.ts';
import { publicKeyIn } from './public-half.ts';

interface Options extends BytesOptions {
  publicKey: string;
}

const words = `
Prints the secret that both sides come to (ECDH), the bytes themselves: it is no key yet, derive keys from it. The other
side does the same with its private key and the public one of this key ("key public-key").

Example:
  latchkey key derive alias/agree --public-key theirs.pem --out shared.bin`;

export const verb: Verb<Options> = {
  words: (command) =>
    addBytesOptions(command)
      .argument('<key>', 'a key for KEY_AGREEMENT: alias/NAME, id or ARN')
      .requiredOption('--public-key <file>', 'of the other side, on the same curve: PEM or DER; "-" is standard input')
      .addHelpText('after', words),

  async run(context, [text], options) {
    checkOut(options);
    const { where, id } = parseKey(text!);
    const file = options.publicKey;
    const given = file === '-' ? await context.terminal.readAll() : await readFile(file);
    const PublicKey = publicKeyIn(given, file === '-' ? 'standard input' : `"${file}"`);
    const { kms } = await context.clients(where);
    const { SharedSecret } = await kms.deriveSharedSecret({ KeyId: id, KeyAgreementAlgorithm: 'ECDH', PublicKey });
    await writeBytes(context.terminal, SharedSecret!, options);
  },
};
