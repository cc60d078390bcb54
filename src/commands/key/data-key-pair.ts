import path from 'node:path';
import type { DataKeyPairSpec, GenerateDataKeyPairResponse } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { writeFileWhole, writing } from '../../files.ts';
import { addListOptions, type ListOptions, writeRecord } from '../../output/list.ts';
import { checkOut, requireFolder } from '../../output/out-file.ts';
import { parseKey } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { toBase64 } from './ciphertext.ts';
import { addContextOption, type EncryptionContext } from './encryption-context.ts';
import { pemOf } from './public-half.ts';

interface Options extends ListOptions {
  spec: DataKeyPairSpec;
  context?: EncryptionContext;
  out?: string;
  plaintext: boolean;
}

const pairSpecs: readonly DataKeyPairSpec[] = [
  ...(['RSA_2048', 'RSA_3072', 'RSA_4096', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521'] as const),
  ...(['ECC_SECG_P256K1', 'ECC_NIST_EDWARDS25519', 'SM2', 'ML_KEM_512', 'ML_KEM_768', 'ML_KEM_1024'] as const),
];

const words = `
Prints both halves in base64 (DER) and the private one encrypted (PrivateKeyCiphertextBlob), which "key decrypt" opens.
With --out the private key goes into FILE, which only you can read, the public one into FILE.pub, both in PEM, and the
encrypted one into FILE.enc; a private key is never shown on a terminal.

Examples:
  latchkey key data-key-pair alias/app --spec ECC_NIST_P256 --out device.pem
  latchkey key data-key-pair alias/app --spec RSA_3072 --no-plaintext`;

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(addContextOption(command))
      .argument('<key>', 'the symmetric key that wraps the private half: alias/NAME, id or ARN')
      .addOption(
        command
          .createOption('--spec <spec>', 'the kind of pair')
          .choices([...pairSpecs])
          .makeOptionMandatory(),
      )
      .option('--out <file>', 'where the private key goes, and beside it the others')
      .option('--no-plaintext', 'the private key only encrypted, for later')
      .addHelpText('after', words),

  async run(context, [text], options) {
    const { spec, out, plaintext } = options;
    requireRoom(context, options);
    const { where, id } = parseKey(text!);
    const { kms } = await context.clients(where);
    const request = { KeyId: id, KeyPairSpec: spec, EncryptionContext: options.context };
    const answer: GenerateDataKeyPairResponse = plaintext
      ? await kms.generateDataKeyPair(request)
      : await kms.generateDataKeyPairWithoutPlaintext(request);
    if (out === undefined) {
      await writeRecord(context.terminal, answer, options);
      return;
    }
    writeFiles(out, answer);
    const { PrivateKeyPlaintext: _, ...rest } = answer;
    await writeRecord(context.terminal, rest, options);
    context.terminal.remark(`wrote ${filesOf(options).join(', ')}`);
  },
};

const filesOf = ({ out, plaintext }: Options) => [...(plaintext ? [out!] : []), `${out}.pub`, `${out}.enc`];

/** Before a key is made. */
function requireRoom({ terminal }: Context, options: Options): void {
  const { out, plaintext } = options;
  if (out === undefined) {
    if (!plaintext || !terminal.outIsTTY) return;
    throw new UserError('usage', 'a private key is not for a terminal', {
      hints: ['into a file that only you can read: --out FILE', 'only the encrypted one: --no-plaintext'],
    });
  }
  for (const file of filesOf(options)) checkOut({ out: file });
  requireFolder(path.resolve(out));
}

/** Each a new file; the private key comes last, when nothing else can go wrong. */
function writeFiles(out: string, answer: GenerateDataKeyPairResponse): void {
  const { PublicKey, PrivateKeyCiphertextBlob, PrivateKeyPlaintext } = answer;
  write(`${out}.pub`, pemOf(PublicKey!, 'PUBLIC KEY'), 0o644);
  write(`${out}.enc`, `${toBase64(PrivateKeyCiphertextBlob!)}\n`);
  if (PrivateKeyPlaintext) write(out, pemOf(PrivateKeyPlaintext, 'PRIVATE KEY'));
}

const write = (file: string, text: string, mode = 0o600) =>
  writing(file, () => writeFileWhole(path.resolve(file), text, { mode, exclusive: true }));
