import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { isInKeychain } from '../../aws/key-file.ts';
import { defaultVault, isVaultName, namedVault } from '../../aws/places.ts';
import type { SessionFlags } from '../../aws/session.ts';
import { keyFileOf } from '../../aws/vault-key.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { newRecoveryKey, printRecoveryKey } from '../../vault/recovery-key.ts';
import { createVault } from '../../vault/vault.ts';
import type { Verb } from '../verb.ts';
import { readAccount } from './account.ts';
import { allOrNothing, makeFolderFor } from './all-or-nothing.ts';
import { type NewRoot, newRoot, type RootOptions } from './new-root.ts';
import { placeOf } from './place.ts';

interface Options extends SessionFlags, RootOptions {
  account: string;
  recoveryKey?: boolean;
}

const words = `
Makes the vault in its default place, as --vault-name NAME, or in --vault-file FILE, and a key file that only you can read, outside the
vault's folder. Where LATCHKEY_VAULT_KEY holds a key (32 bytes in base64), that is the key, and no file is made.

Examples:
  latchkey vault init
  latchkey vault init --vault-name work
  latchkey vault init --keychain
  latchkey vault init --vault-file ./test.vault --key-file ./test.key`;

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .option('--key-file <file>', 'the key file: used where there is one, else made')
      .addOption(
        command
          .createOption('--passphrase', 'a passphrase instead of a key; it takes half a second at each command')
          .conflicts('keyFile'),
      )
      .addOption(
        command
          .createOption('--keychain', "the key goes into the operating system's keychain; the key file says where")
          .conflicts('passphrase'),
      )
      .option('--recovery-key', 'print a recovery key, too: it opens the vault when its key is lost')
      .option('--account <digits>', "the vault's AWS account, 12 digits", readAccount, '000000000000')
      .addHelpText('after', words),

  async run(context, _args, options) {
    const file = await placeOf(context, options);
    if (fs.existsSync(file)) throw alreadyThere(file);
    const id = randomUUID();
    const root = await newRoot(context, id, options);
    const recovery = options.recoveryKey ? newRecoveryKey() : undefined;
    await allOrNothing(async (undo) => {
      makeFolderFor(file, undo);
      root.keep(file, undo);
      const { secret } = root;
      const vault = await createVault({ file, id, account: options.account, secret, clock: context.clock });
      if (recovery) vault.setRecoveryKey({ recovery });
      vault.close();
    });
    const printed = recovery ? `recovery  ${printRecoveryKey(recovery)}\n` : '';
    await context.terminal.write(`vault  ${file}\nkey    ${root.place}\n${printed}`);
    for (const line of nextSteps(context, { file, id, root })) context.terminal.remark(line);
  },
};

const alreadyThere = (file: string) =>
  new UserError('conflict', `there is a file already: "${file}"`, {
    hints: ['if it is a vault: "latchkey vault info"', 'to make another: --vault-file FILE'],
  });

interface Made {
  file: string;
  id: string;
  root: NewRoot;
}

function nextSteps(context: Context, { file, id, root }: Made): string[] {
  const { file: keyFile } = root;
  const found = !keyFile || keyFile === keyFileOf(id, context);
  return [
    `use it in every command: export LATCHKEY_VAULT=${shortest(file, context)}`,
    ...(found ? [] : [`and say where its key is: export LATCHKEY_VAULT_KEY_FILE=${keyFile}`]),
    howToKeep(keyFile),
  ];
}

/** A copy of a file that only says where the key is would be no copy of the key. */
function howToKeep(keyFile?: string): string {
  if (!keyFile) return 'without its key nothing in the vault can be read';
  const copy = isInKeychain(keyFile) ? '' : 'a copy of the key, or ';
  return `keep ${copy}a recovery key on paper: "latchkey vault recovery-key"`;
}

/** What LATCHKEY_VAULT may say of this file: 1, its name, or its path. */
function shortest(file: string, { environment }: Context): string {
  const name = path.basename(file, '.db');
  if (!isVaultName(name) || file !== namedVault(name, environment)) return file;
  return name === defaultVault ? '1' : name;
}
