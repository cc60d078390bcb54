import fs from 'node:fs';
import path from 'node:path';
import type { Context } from '../context.ts';
import { type NewKey, newAesKey, newRsaKey } from '../envelope/keyrings/new-key.ts';
import { UserError } from '../errors.ts';
import { writeFileWhole, writing } from '../files.ts';
import { checkOut, requireFolder } from '../output/out-file.ts';
import { readPassphrase } from './envelope/passphrase.ts';
import { explainKey } from './envelope/read-key-file.ts';
import type { Verb } from './verb.ts';

interface Options {
  out: string;
  type: 'aes' | 'rsa';
  bits?: number;
  name?: string;
  passphrase?: boolean;
  passphraseFile?: string;
}

const words = `
Makes a key for "latchkey encrypt" and "latchkey decrypt", in a file that only you can read; never over another. Of an
RSA key, FILE.pub is the half that seals: give it to whoever is to send you something. Without the file nothing that is
sealed for it can be opened: keep a copy.

Examples:
  latchkey keygen --out my.key
  latchkey keygen --type rsa --out recovery.pem --passphrase`;

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .requiredOption('--out <file>', 'where the key goes')
      .addOption(
        command
          .createOption('--type <type>', 'aes seals and opens; rsa seals with a half that may be public')
          .choices(['aes', 'rsa'])
          .default('aes'),
      )
      .option(
        '--bits <number>',
        '128, 192 or 256 of AES (default: 256); 2048, 3072 or 4096 of RSA (default: 3072)',
        Number,
      )
      .option('--name <name>', 'of an AES key, what messages call it (default: one that comes from the key)')
      .option('--passphrase', 'lock the file with a passphrase, which is asked for; it takes half a second each time')
      .option('--passphrase-file <file>', 'that passphrase is in this file')
      .addHelpText('after', words),

  async run(context, _args, options) {
    const { out, type } = options;
    const files = type === 'rsa' ? [out, `${out}.pub`] : [out];
    for (const file of files) requireNew(file);
    const key = await newKey(options, await newPassphrase(context, options));
    for (const [file, text, mode] of [[`${out}.pub`, key.publicFile, 0o644] as const, [out, key.file, 0o600] as const])
      if (text) writing(file, () => writeFileWhole(path.resolve(file), text, { mode, exclusive: true }));
    const printed = [`key     ${out}`, `name    ${key.name}`, ...(key.publicFile ? [`public  ${out}.pub`] : [])];
    await context.terminal.write(`${printed.join('\n')}\n`);
    context.terminal.remark('keep a copy: without it, what is sealed for it cannot be opened');
  },
};

function requireNew(file: string): void {
  if (fs.lstatSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new UserError('conflict', `there is a file already: "${file}"`, {
      hints: ['it may be a key that something is sealed for: choose another name'],
    });
  }
  checkOut({ out: file });
  requireFolder(path.resolve(file));
}

async function newPassphrase(context: Context, { passphrase, passphraseFile }: Options): Promise<string | undefined> {
  if (!passphrase && passphraseFile === undefined) return undefined;
  return readPassphrase(context, {
    file: passphraseFile,
    question: 'Passphrase of the new key',
    confirm: true,
    option: '--passphrase-file',
  });
}

const lengths = { aes: [128, 192, 256], rsa: [2048, 3072, 4096] } as const;

function newKey({ out, type, bits, name }: Options, passphrase: string | undefined): Promise<NewKey> {
  if (bits !== undefined && !lengths[type].some((one) => one === bits))
    throw new UserError('usage', `--bits expects ${lengths[type].join(', ')} for ${type}, got "${bits}"`);
  if (type === 'aes') return newAesKey({ name, bits: bits as 256, passphrase }).catch(explained(out));
  if (name !== undefined)
    throw new UserError('usage', 'an RSA key is named after itself', { hints: ['leave out --name'] });
  return newRsaKey({ bits: bits as 3072, passphrase });
}

const explained = (out: string) => (error: unknown) => {
  throw explainKey(error, out);
};
