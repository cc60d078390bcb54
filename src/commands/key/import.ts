import type { KeyMetadata } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { day } from '../day.ts';
import { readExpires } from '../expires.ts';
import type { Verb } from '../verb.ts';
import { type Encoding, encodings } from './encoding.ts';
import { findKey } from './find-key.ts';
import { readMaterial } from './read-material.ts';
import { wrapMaterial, wrappingFor, wrappingKeySpec } from './wrap-material.ts';

interface Options {
  encoding: Encoding;
  expires?: Date;
  add?: boolean;
  description?: string;
}

const words = `
For a key that was made with --external: 32 bytes for a symmetric one, 28 to 64 for HMAC, a private key (PEM, or PKCS #8
in DER) for the others. It is sealed here, for KMS alone. Keep a copy: KMS gives none out, and after its expiry, or
"key delete-material", only the same material opens what it encrypted.

A symmetric key can have several: --add brings one more, and "key rotate now" encrypts with it from then on.

Examples:
  openssl rand 32 > material && latchkey key import alias/mine material
  latchkey key import alias/mine next --add && latchkey key rotate now alias/mine
  latchkey key import alias/release private.pem --expires 2027-01-31`;

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .argument('[file]', 'the material; "-" is standard input, as when it is left out and something is piped in')
      .addOption(command.createOption('--encoding <encoding>', 'how it is written').choices(encodings).default('raw'))
      .option('--expires <date>', 'KMS forgets it then, like 2027-01-31 or 2027-01-31T12:00:00Z', readExpires)
      .option('--add', 'beside the material that there is, for the next rotation')
      .option('--description <text>', 'what this material is')
      .addHelpText('after', words),

  async run(context, [text, file], options) {
    const { kms, id, said, metadata } = await findKey(context, text!);
    requireExternal(metadata, said);
    requireFuture(context, options);
    const spec = metadata.KeySpec!;
    const material = await readMaterial(context, { file, spec, encoding: options.encoding });
    const { PublicKey, ImportToken } = await kms.getParametersForImport({
      KeyId: id,
      WrappingAlgorithm: wrappingFor(spec),
      WrappingKeySpec: wrappingKeySpec,
    });
    const EncryptedKeyMaterial = wrapMaterial(material, PublicKey!, spec);
    await kms
      .importKeyMaterial({ KeyId: id, ImportToken, EncryptedKeyMaterial, ...howLong(options), ...beside(options) })
      .catch((error) => explained(error, { said, spec }));
    const until = options.expires ? `, until ${day(options.expires)}` : '';
    context.terminal.remark(`${said} has its material${until}`);
    if (options.add) context.terminal.remark(`it encrypts with it after "latchkey key rotate now ${text}"`);
  },
};

const howLong = ({ expires }: Options) =>
  expires
    ? { ExpirationModel: 'KEY_MATERIAL_EXPIRES' as const, ValidTo: expires }
    : { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' as const };

const beside = ({ add, description }: Options) => ({
  ...(add ? { ImportType: 'NEW_KEY_MATERIAL' as const } : {}),
  ...(description === undefined ? {} : { KeyMaterialDescription: description }),
});

function requireExternal({ Origin }: KeyMetadata, said: string): void {
  if (Origin === 'EXTERNAL') return;
  throw new UserError('usage', `${said} has material of its own, and takes no other`, {
    hints: ['make one that does: "latchkey key create --external"'],
  });
}

function requireFuture({ clock }: Context, { expires }: Options): void {
  if (!expires || expires > clock()) return;
  throw new UserError('usage', `--expires is past: ${expires.toISOString()}`);
}

function explained(error: Error, { said, spec }: { said: string; spec: string }): never {
  if (error.name !== 'IncorrectKeyMaterialException') throw error;
  throw new UserError('integrity', `this is not the material that ${said} had`, {
    hints: spec === 'SYMMETRIC_DEFAULT' ? ['to bring other material beside it: --add'] : ['bring the same again'],
    cause: error,
  });
}
