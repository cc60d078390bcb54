import fs from 'node:fs';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { armor, unarmor } from '../envelope/armor.ts';
import type { Keyring } from '../envelope/keyring.ts';
import { type Rewrapping, rewrap } from '../envelope/rewrap.ts';
import { UserError } from '../errors.ts';
import { openSource, type Source } from '../input/chunks.ts';
import { addPlanOptions, type PlanOptions } from '../input/plan.ts';
import { addOutOptions, type OutOptions } from '../output/out-file.ts';
import { asBytes, progressOf } from '../output/progress.ts';
import { counted } from './envelope/counted.ts';
import { addKeyOptions, gather, type KeyOptions } from './envelope/key-options.ts';
import { keyringsOf, namesKeys } from './envelope/keyrings.ts';
import { addMessageOptions, type MessageOptions } from './envelope/message-options.ts';
import { notingArmor, type Start } from './envelope/noting-armor.ts';
import { namedIn, requireMet } from './envelope/recipients.ts';
import { requireOther } from './envelope/require-other.ts';
import { confirmRewrap, requireKept } from './envelope/rewrap-plan.ts';
import { explainDamage } from './envelope/trouble.ts';
import { checkPieces, writePieces } from './envelope/write-pieces.ts';
import type { Verb } from './verb.ts';

interface Options extends KeyOptions, MessageOptions, OutOptions, PlanOptions {
  addKmsKey?: string[];
  addKeyFile?: string[];
  addRsaKey?: string[];
  addPassphrase?: boolean;
  addPassphraseFile?: string;
  remove?: string[];
}

const words = `
Changes who can open a sealed file: in its place, or to --out. It takes a key that opens it. Of a signed one, which gets
a new signature, all who are to stay must be named, since KMS and AES bind what they wrap to it; whoever is named is
wrapped anew. All of the file is verified before the new one takes its place.

The text stays sealed as it is where that is safe, and is sealed anew where it is not. Whoever could open the old file
and has a copy of it still can.

Examples:
  latchkey rewrap backup.tar.lk --key-file my.key --add-rsa-key recovery.pem.pub
  latchkey rewrap backup.tar.lk --kms-key alias/new --remove aes-0123456789abcdef --dry-run`;

export const verb: Verb<Options> = {
  words: (command) =>
    addPlanOptions(addMessageOptions(addKeyOptions(addAddOptions(addOutOptions(command)), 'that opens it now')))
      .argument('<file>', 'a sealed file; "-" is standard input')
      .addHelpText('after', words),

  async run(context, [file], options) {
    requireChange(options);
    checkPieces(options);
    const keyrings = await keyringsOf(context, options, 'open');
    const add = await addedKeyrings(context, options);
    const source = openSource(context, file!);
    requireOther(source, options.out);
    const out = placeFor(file!, source, options);
    const progress = progressOf(context.terminal, 'rewrapping', source.length, { say: asBytes });
    try {
      const start = { armored: false };
      const pieces = unarmor(notingArmor(counted(source.chunks, progress), start));
      const rewrapping = await plan(pieces, source, { keyrings, add, options });
      if (await confirmRewrap(context, rewrapping, { add, said: source.said, options }))
        await writePieces(context.terminal, asWas(rewrapping.message, start), out);
      await rewrapping.close();
    } catch (error) {
      throw explainDamage(error, source.said);
    } finally {
      progress.end();
    }
  },
};

const addAddOptions = (command: Command): Command =>
  command
    .option('--add-kms-key <key>', 'a KMS key that shall open it, too; again for more', gather)
    .option('--add-key-file <file>', 'the key in this file shall open it, too; again for more', gather)
    .option('--add-rsa-key <file>', 'the RSA key in this PEM file shall open it, too; again for more', gather)
    .option('--add-passphrase', 'a new passphrase shall open it, too; it is asked for')
    .option('--add-passphrase-file <file>', 'that passphrase is in this file')
    .option('--remove <who>', 'who shall open it no longer, as "latchkey inspect" has it; again for more', gather);

/** What opens it when this is done. */
const addedOf = (options: Options): KeyOptions => ({
  kmsKey: options.addKmsKey,
  grantToken: options.grantToken,
  keyFile: options.addKeyFile,
  rsaKey: options.addRsaKey,
  rsaHash: options.rsaHash,
  keyPassphraseFile: options.keyPassphraseFile,
  passphrase: options.addPassphrase,
  passphraseFile: options.addPassphraseFile,
});

const addedKeyrings = async (context: Context, options: Options): Promise<Keyring[]> =>
  namesKeys(addedOf(options)) ? keyringsOf(context, addedOf(options), 'seal') : [];

function requireChange(options: Options): void {
  if (options.remove || namesKeys(addedOf(options))) return;
  throw new UserError('usage', 'it is not said what is to change', {
    hints: ['add somebody: --add-kms-key, --add-key-file, --add-rsa-key, --add-passphrase', 'or --remove WHO'],
  });
}

/** Its own place, with the permissions that it has; standard output for what comes from standard input. */
function placeFor(file: string, { stats }: Source, options: Options): OutOptions & { mode?: number } {
  if (options.out !== undefined || file === '-') return { out: options.out, overwrite: options.overwrite };
  if (stats!.isFile()) return { out: fs.realpathSync(file), overwrite: true, mode: stats!.mode & 0o777 };
  throw new UserError('usage', `"${file}" is no file that could be replaced`, { hints: ['name one: --out FILE'] });
}

interface Change {
  keyrings: readonly Keyring[];
  add: readonly Keyring[];
  options: Options;
}

async function plan(pieces: AsyncIterable<Uint8Array>, { said }: Source, change: Change): Promise<Rewrapping> {
  const { keyrings, add, options } = change;
  const { remove: names = [], context, commitment, maxDataKeys } = options;
  const met = new Set<string>();
  const remove = namedIn(names, met);
  const rewrapping = await rewrap(pieces, keyrings, { add, remove, context, commitment, maxDataKeys });
  try {
    requireMet(names, met, said);
    requireKept(rewrapping);
    return rewrapping;
  } catch (error) {
    await rewrapping.close();
    throw error;
  }
}

/** Text stays text. */
const asWas = (message: AsyncIterable<Uint8Array>, { armored }: Start) => (armored ? armor(message) : message);
