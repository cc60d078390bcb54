import fs from 'node:fs';
import path from 'node:path';
import { isInKeychain } from '../../aws/key-file.ts';
import { keyFileOf, keyFromEnvironment, rootSecretOf } from '../../aws/vault-key.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { readValue } from '../../input/value.ts';
import { inspectVault } from '../../vault/inspect.ts';
import { openVault, type Vault } from '../../vault/vault.ts';
import type { Verb } from '../verb.ts';
import { promoteKey, setAside, settleKeyFiles, stageKey, unstageKey } from './key-files.ts';
import { placeOfKey } from './new-root.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { placeOf } from './place.ts';
import { addRecoveryOptions, type RecoveryOptions, readRecovery } from './recovery.ts';

interface Options extends RecoveryOptions {
  keyFile?: string;
  keychain?: boolean;
  passphrase?: boolean;
  passphraseFile?: string;
}

const words = `
Gives the vault a new key, in a file or in the keychain, or a passphrase. What is in it stays as it is: one row
changes, and whenever this is killed, the old key or the new one opens. The old key file is kept under another name,
for backups made until now.

Examples:
  latchkey vault rekey
  latchkey vault rekey --keychain
  latchkey vault rekey --passphrase
  latchkey vault rekey --recovery-key`;

export const verb: Verb<Options> = {
  words: (command) =>
    addRecoveryOptions(command)
      .option('--key-file <file>', 'where the new key goes; in place of the old one when left out')
      .addOption(command.createOption('--passphrase', 'a passphrase instead of a key').conflicts('keyFile'))
      .addOption(
        command.createOption('--passphrase-file <file>', 'the new passphrase is in this file').conflicts('keyFile'),
      )
      .addOption(
        command
          .createOption(
            '--keychain',
            "the new key goes into the operating system's keychain, as the old one did, if it did",
          )
          .conflicts(['passphrase', 'passphraseFile']),
      )
      .option('--no-keychain', 'the new key goes into a file')
      .addHelpText('after', words),

  async run(context, _args, options) {
    const file = await placeOf(context, options);
    const { id } = inspectVault(file).header;
    // Two at once would take each other's new key for one that a killed run has left.
    const { key, old } = await oneAtATime(`${keyFileOf(id, context)}.lock`, () =>
      rekey(context, { file, id }, options),
    );
    await context.terminal.write(`vault  ${file}\nkey    ${key}\n`);
    if (old) context.terminal.remark(`the old key opens backups made until now: ${old}`);
  },
};

async function rekey(context: Context, { file, id }: { file: string; id: string }, options: Options): Promise<Changed> {
  await settleKeyFiles(keyFileOf(id, context), { file, id }, context.clock());
  const vault = await open(context, file, options);
  try {
    const isPassphrase = options.passphrase || options.passphraseFile !== undefined;
    return isPassphrase
      ? await toPassphrase(context, vault, options)
      : await toKeyFile(context, vault, { file, options });
  } finally {
    vault.close();
  }
}

async function open(context: Context, file: string, options: Options): Promise<Vault> {
  const recovery = await readRecovery(context, options);
  return openVault({
    file,
    clock: context.clock,
    unlock: async (header) => recovery ?? rootSecretOf(header, context),
  });
}

interface Changed {
  /** Where the new key is. */
  key: string;
  /** Where the old key file is now. */
  old?: string;
}

async function toPassphrase(context: Context, vault: Vault, { passphraseFile }: Options): Promise<Changed> {
  const asked = { question: 'New passphrase of the vault', confirm: true };
  const bytes = await readValue(context, { valueFile: passphraseFile, trimNewline: true }, asked);
  await vault.rekey({ passphrase: Buffer.from(bytes).toString() });
  const keyFile = keyFileOf(vault.header.id, context);
  const old = setAside(keyFile, context.clock());
  if (old) fs.rmSync(keyFile);
  return { key: 'your passphrase', old };
}

interface Where {
  file: string;
  options: Options;
}

async function toKeyFile(context: Context, vault: Vault, { file, options }: Where): Promise<Changed> {
  const usual = keyFileOf(vault.header.id, context);
  const keyFile = path.resolve(options.keyFile ?? usual);
  if (keyFromEnvironment(context) && !options.keyFile) throw fromEnvironment();
  if (keyFile !== usual && fs.existsSync(keyFile)) throw taken(keyFile);
  const keychain = options.keychain ?? (fs.existsSync(usual) && isInKeychain(usual));
  const key = stageKey(keyFile, { file, id: vault.header.id }, keychain);
  try {
    await vault.rekey({ key });
  } catch (error) {
    unstageKey(keyFile);
    throw error;
  }
  return { key: placeOfKey(keyFile, keychain), old: promoteKey(keyFile, context.clock()) };
}

const fromEnvironment = () =>
  new UserError('usage', 'the key of this vault is in LATCHKEY_VAULT_KEY, where no new one can be put', {
    hints: ['name a file for the new key: --key-file FILE', 'then: unset LATCHKEY_VAULT_KEY'],
  });

const taken = (file: string) =>
  new UserError('conflict', `there is a file already: "${file}"`, { hints: ['name another: --key-file FILE'] });
