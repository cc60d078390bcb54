import fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../errors.ts';
import { makePrivateFolder, writeFileWhole } from '../files.ts';
import type { Asked } from '../surroundings.ts';
import type { Header } from '../vault/store/header.ts';
import type { RootSecret } from '../vault/store/root-key.ts';
import { keyFile } from './places.ts';

/** Variables that hold, or lead to, a vault's key: `exec` passes none of them on. */
export const keyVariables = [
  'LATCHKEY_VAULT_KEY',
  'LATCHKEY_VAULT_KEY_FILE',
  'LATCHKEY_VAULT_PASSPHRASE_FILE',
] as const;

const keyLength = 32;

/** What opens this vault: its key from the environment or its key file, or its passphrase from a file or a prompt. */
export async function rootSecretOf(
  header: Pick<Header, 'id' | 'derivation'>,
  asked: Asked,
): Promise<RootSecret | RootSecret[]> {
  if (header.derivation.kind === 'scrypt') return { passphrase: await passphraseOf(asked) };
  const given = keyFromEnvironment(asked);
  if (given) return { key: given };
  const file = keyFileOf(header.id, asked);
  const secrets = keyFilesAt(file).map((one) => ({ key: readKeyFile(one) }));
  return secrets.length === 1 ? secrets[0]! : secrets;
}

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

/** Reads a key file: lines that begin with `#`, then the key in base64. Refuses one that other users can read. */
export function readKeyFile(file: string): Uint8Array {
  const text = readText(file, 'key', 'LATCHKEY_VAULT_KEY_FILE');
  requirePrivate(file);
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return decodeKey(lines.join(''), file);
}

function readText(file: string, what: 'key' | 'passphrase', variable: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const message = missing
      ? `the ${what} file of this vault is not there: "${file}"`
      : `the ${what} file "${file}" cannot be read`;
    throw new UserError('denied', message, {
      hints: [`bring it back from its copy, or say where it is: ${variable}`],
      cause,
    });
  }
}

/** Windows has no such bits: there the folder's own list of who may read decides. */
function requirePrivate(file: string): void {
  if (process.platform === 'win32') return;
  const { mode } = fs.statSync(file);
  if ((mode & 0o077) === 0) return;
  throw new UserError('denied', `other users can read the key file "${file}"`, { hints: [`chmod 600 ${file}`] });
}

function decodeKey(text: string, from: string): Uint8Array {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === keyLength && /^[A-Za-z0-9+/_-]+=?$/.test(text.trim())) return key;
  throw new UserError('integrity', `expected a vault key in "${from}": 32 bytes in base64`);
}

async function passphraseOf({ environment, terminal }: Asked): Promise<string> {
  const file = environment.LATCHKEY_VAULT_PASSPHRASE_FILE;
  if (file) return readText(file, 'passphrase', 'LATCHKEY_VAULT_PASSPHRASE_FILE').replace(/\r?\n$/, '');
  if (terminal.inIsTTY) return terminal.promptHidden('Passphrase of the vault');
  throw new UserError('denied', 'this vault opens with a passphrase, and nobody can be asked', {
    hints: ['name a file that holds it: LATCHKEY_VAULT_PASSPHRASE_FILE'],
  });
}

/** Writes a new key file, readable by its owner alone; never over another. Throws Node's own errors. */
export function writeKeyFile(file: string, key: Uint8Array, comment: readonly string[]): void {
  makePrivateFolder(path.dirname(file));
  const lines = [...comment.map((line) => `# ${line}`), Buffer.from(key).toString('base64')];
  writeFileWhole(file, `${lines.join('\n')}\n`, { exclusive: true });
}
