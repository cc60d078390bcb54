import type { GetPublicKeyResponse } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import { addOutOptions, checkOut, type OutOptions, writeOut } from '../../output/out-file.ts';
import { writeValue } from '../../output/value.ts';
import { parseKey } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { jwkOf, pemOf } from './public-half.ts';

interface Options extends OutOptions {
  jwk?: boolean;
  der?: boolean;
  force?: boolean;
}

const words = `
Whoever has it can verify what the key signs, or encrypt for it, without AWS.

Examples:
  latchkey key public-key alias/release > release.pem    # openssl dgst -sha256 -verify release.pem -signature app.tgz.sig app.tgz
  latchkey key public-key alias/release --jwk`;

export const verb: Verb<Options> = {
  words: (command) =>
    addOutOptions(command)
      .argument('<key>', 'an RSA or elliptic-curve key: alias/NAME, id or ARN')
      .option('--jwk', 'as a JSON Web Key, not PEM')
      .addOption(command.createOption('--der', 'as DER, not PEM').conflicts('jwk'))
      .option('--force', 'with --der: print it to a terminal')
      .addHelpText('after', words),

  async run(context, [text], options) {
    checkOut(options);
    const { where, id } = parseKey(text!);
    const { kms } = await context.clients(where);
    const answer = await kms.getPublicKey({ KeyId: id }).catch((error: Error) => noPublicHalf(error, text!));
    if (options.der && options.out === undefined) await writeValue(context.terminal, answer.PublicKey!, options);
    else await writeOut(context.terminal, written(answer, options), options);
  },
};

/** KMS answers for a secret key without a word. */
function noPublicHalf(cause: Error, key: string): never {
  if (cause.name !== 'UnsupportedOperationException') throw cause;
  throw new UserError('usage', `key "${key}" has no public half: it is not a key pair`, {
    hints: [`see what it is: "latchkey key explain ${key}"`],
    cause,
  });
}

function written({ PublicKey, KeyUsage, KeyId }: GetPublicKeyResponse, { jwk, der }: Options): string | Uint8Array {
  if (der) return PublicKey!;
  if (!jwk) return pemOf(PublicKey!, 'PUBLIC KEY');
  const use = { SIGN_VERIFY: 'sig', ENCRYPT_DECRYPT: 'enc' }[KeyUsage as string];
  return `${JSON.stringify({ ...jwkOf(PublicKey!), ...(use ? { use } : {}), kid: KeyId }, null, 2)}\n`;
}
