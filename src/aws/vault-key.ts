import fs from 'node:fs';
import { UserError } from '../errors.ts';
import type { Asked } from '../surroundings.ts';
import type { Header } from '../vault/store/header.ts';
import type { RootSecret } from '../vault/store/root-key.ts';
import { decodeKey, readKeyFile, readText } from './key-file.ts';
import { keyFile } from './places.ts';

/** Variables that hold, or lead to, a vault's key: `exec` passes none of them on. */
export const keyVariables = [
  'LATCHKEY_VAULT_KEY',
  'LATCHKEY_VAULT_KEY_FILE',
  'LATCHKEY_VAULT_PASSPHRASE_FILE',
] as const;

/** What opens this vault: its key from the environment or its key file, or its passphrase from a file or a prompt. */
export async function rootSecretOf(
  header: Pick<Header, 'id' | 'derivation'>,
  asked: Asked,
): Promise<RootSecret | RootSecret[]> {
  if (header.derivation.kind === 'scrypt') return { passphrase: await passphraseOf(asked) };
  const given = keyFromEnvironment(asked);
  if (given) return { key: given };
  const files = keyFilesAt(keyFileOf(header.id, asked));
  return files.length === 1 ? { key: readKeyFile(files[0]!) } : files.map(keyWhenTried);
}

/** Of two, each is read when its turn comes: one that the keychain does not give must not keep the other from opening. */
const keyWhenTried = (file: string): RootSecret => ({
  get key() {
    return readKeyFile(file);
  },
});

/** Where a new key waits until the vault has taken it: a rekey that is killed leaves it there, and either opens. */
export const nextKeyFile = (file: string): string => `${file}.next`;

/** The key file, and the one that is to take its place. */
const keyFilesAt = (file: string): string[] => {
  const next = nextKeyFile(file);
  return fs.existsSync(next) ? [file, next].filter((one) => fs.existsSync(one)) : [file];
};

/** The key in `LATCHKEY_VAULT_KEY`, if there is one: 32 bytes in base64. */
export function keyFromEnvironment({ environment }: Asked): Uint8Array | undefined {
  const { LATCHKEY_VAULT_KEY } = environment;
  return LATCHKEY_VAULT_KEY ? decodeKey(LATCHKEY_VAULT_KEY, 'LATCHKEY_VAULT_KEY') : undefined;
}

export const keyFileOf = (vaultId: string, { environment }: Asked): string =>
  environment.LATCHKEY_VAULT_KEY_FILE || keyFile(vaultId, environment);

async function passphraseOf({ environment, terminal }: Asked): Promise<string> {
  const file = environment.LATCHKEY_VAULT_PASSPHRASE_FILE;
  if (file) return readText(file, 'passphrase', 'LATCHKEY_VAULT_PASSPHRASE_FILE').replace(/\r?\n$/, '');
  if (terminal.inIsTTY) return terminal.promptHidden('Passphrase of the vault');
  throw new UserError('denied', 'this vault opens with a passphrase, and nobody can be asked', {
    hints: ['name a file that holds it: LATCHKEY_VAULT_PASSPHRASE_FILE'],
  });
}
