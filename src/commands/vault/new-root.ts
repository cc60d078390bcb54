import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { isInKeychain, readKeyFile, removeKeyFile, writeKeyFile } from '../../aws/key-file.ts';
import { keyFileOf, keyFromEnvironment, rootSecretOf } from '../../aws/vault-key.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { writing } from '../../files.ts';
import { readValue } from '../../input/value.ts';
import { makeFolderFor, type Undo } from './all-or-nothing.ts';
import { commentOf } from './key-files.ts';

export interface RootOptions {
  keyFile?: string;
  /** The key goes into the operating system's keychain, and the key file says where. */
  keychain?: boolean;
  passphrase?: boolean;
}

/** What will open a new vault. */
export interface NewRoot {
  readonly secret: { readonly key: Uint8Array } | { readonly passphrase: string };
  /** Where it is from then on, in words or as a path. */
  readonly place: string;
  /** Its key file, if it has one. */
  readonly file?: string;
  /** Writes its file, where it needs one. */
  keep(vault: string, undo: Undo): void;
}

/** A passphrase, the key that the environment holds, that of a key file, or a new one, in this order. */
export async function newRoot(context: Context, id: string, options: RootOptions): Promise<NewRoot> {
  const keep = () => {};
  if (options.passphrase) {
    return { secret: { passphrase: await newPassphrase(context, id) }, place: 'your passphrase', keep };
  }
  const given = keyFromEnvironment(context);
  if (given && (options.keyFile !== undefined || options.keychain)) throw twoKeys(options);
  if (given) return { secret: { key: given }, place: 'LATCHKEY_VAULT_KEY', keep };
  const file = path.resolve(options.keyFile ?? keyFileOf(id, context));
  if (fs.existsSync(file)) return existingRoot(file, options);
  const key = randomBytes(32);
  const { keychain } = options;
  const place = placeOfKey(file, keychain);
  return { secret: { key }, place, file, keep: (vault, undo) => keepKey(file, { key, id, vault, keychain }, undo) };
}

/** Asked for the keychain, a key that a file holds will not do. */
function existingRoot(file: string, { keychain }: RootOptions): NewRoot {
  const isThere = isInKeychain(file);
  if (!keychain || isThere) {
    return { secret: { key: readKeyFile(file) }, place: placeOfKey(file, isThere), file, keep: () => {} };
  }
  throw new UserError('conflict', `the key is in a file already, not in the keychain: "${file}"`, {
    hints: ['to use that key: leave out --keychain', 'for a new one: name another file, --key-file FILE'],
  });
}

/** Where a vault's key is, in words or as a path. */
export const placeOfKey = (file: string, keychain = false): string => (keychain ? `the keychain, by ${file}` : file);

const twoKeys = ({ keychain }: RootOptions) =>
  new UserError('usage', `${keychain ? '--keychain' : '--key-file'} and LATCHKEY_VAULT_KEY name two keys`, {
    hints: ['leave out one of them: "unset LATCHKEY_VAULT_KEY"'],
  });

interface NewKey {
  key: Uint8Array;
  id: string;
  vault: string;
  keychain?: boolean;
}

function keepKey(file: string, { key, id, vault, keychain }: NewKey, undo: Undo): void {
  makeFolderFor(file, undo);
  writing(file, () => writeKeyFile(file, key, { comment: commentOf({ id, file: vault }), keychain }));
  undo(() => removeKeyFile(file));
}

/** From the file that will also open the vault, else asked for, twice. */
async function newPassphrase(context: Context, id: string): Promise<string> {
  const asked = { question: 'Passphrase of the new vault', confirm: true };
  const passphrase = context.environment.LATCHKEY_VAULT_PASSPHRASE_FILE
    ? await passphraseFromFile(context, id)
    : Buffer.from(await readValue(context, { trimNewline: true }, asked)).toString();
  if (passphrase !== '') return passphrase;
  throw new UserError('usage', 'the passphrase is empty');
}

async function passphraseFromFile(context: Context, id: string): Promise<string> {
  const derivation = { kind: 'scrypt', salt: '', N: 0, r: 0, p: 0 } as const;
  const secret = await rootSecretOf({ id, derivation }, context);
  return 'passphrase' in secret ? secret.passphrase : '';
}
