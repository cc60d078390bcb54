import { UserError } from '../../errors.ts';
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
    const request = { KeyId: id, KeyAgreementAlgorithm: 'ECDH' as const, PublicKey };
    const { SharedSecret } = await kms.deriveSharedSecret(request).catch((error: Error) => otherCurve(error, text!));
    await writeBytes(context.terminal, SharedSecret!, options);
  },
};

/** KMS answers to a public key that does not fit without a word; the SDK then has one of its own. */
function otherCurve(cause: Error, key: string): never {
  if (cause.name !== 'ValidationException' || !['', 'UnknownError'].includes(cause.message)) throw cause;
  throw new UserError('usage', `the public key does not fit key "${key}": it must be of the same curve`, {
    hints: [`see which that is: "latchkey key explain ${key}"`],
    cause,
  });
}
