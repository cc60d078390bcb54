import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../errors.ts';
import { makePrivateFolder, writeFileWhole } from '../files.ts';
import { findInKeychain, keepInKeychain, removeFromKeychain } from './keychain.ts';

/*
 * A key file: lines that begin with "#", then the key in base64, or "keychain:" and the name under which the operating
 * system's keychain has it. What is done with key files, a new key above all, is the same for both.
 */
const pointer = /^keychain:(.+)$/;
const keyLength = 32;

/** The key of a key file. Refuses one that other users can read. */
export function readKeyFile(file: string): Uint8Array {
  const line = readLine(file);
  requirePrivate(file);
  const name = pointer.exec(line)?.[1];
  if (name === undefined) return decodeKey(line, file);
  const found = findInKeychain(name);
  if (found !== undefined) return decodeKey(found, 'the keychain');
  throw new UserError('denied', `the keychain has no key "${name}", which "${file}" names`, {
    hints: ['open the vault with its recovery key: "latchkey vault rekey --recovery-key"'],
  });
}

/** Whether it only says that the keychain has the key. */
export const isInKeychain = (file: string): boolean => pointer.test(readLine(file));

interface Keeping {
  /** Lines for whoever opens the file. */
  readonly comment: readonly string[];
  /** The key goes into the operating system's keychain; the file says where. */
  readonly keychain?: boolean;
}

/** Writes a new key file, readable by its owner alone; never over another. Throws Node's own errors. */
export function writeKeyFile(file: string, key: Uint8Array, { comment, keychain }: Keeping): void {
  const text = Buffer.from(key).toString('base64');
  const name = randomUUID();
  if (keychain) keepInKeychain(name, text);
  const lines = [...comment.map((line) => `# ${line}`), keychain ? `keychain:${name}` : text];
  try {
    makePrivateFolder(path.dirname(file));
    writeFileWhole(file, `${lines.join('\n')}\n`, { exclusive: true });
  } catch (error) {
    if (keychain) removeFromKeychain(name);
    throw error;
  }
}

/** Deletes a key file for good, and first what it names in the keychain: where that fails, the file still says its name. */
export function removeKeyFile(file: string): void {
  const name = pointer.exec(readLine(file))?.[1];
  if (name !== undefined) removeFromKeychain(name);
  // On most disks this takes the old bytes along; where it does not, nothing is lost by it.
  fs.writeFileSync(file, Buffer.alloc(fs.statSync(file).size));
  fs.rmSync(file);
}

function readLine(file: string): string {
  const lines = readText(file, 'key', 'LATCHKEY_VAULT_KEY_FILE').split(/\r?\n/);
  return lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).join('');
}

/** A file that opens a vault. Throws code `denied` where it cannot be read, and names the variable that says where it is. */
export function readText(file: string, what: 'key' | 'passphrase', variable: string): string {
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

/**
 * Throws code `denied` where others can read it. Windows has no such bits: there the folder's own list of who may read
 * decides.
 */
export function requirePrivate(file: string): void {
  if (process.platform === 'win32') return;
  const { mode } = fs.statSync(file);
  if ((mode & 0o077) === 0) return;
  throw new UserError('denied', `other users can read the key file "${file}"`, { hints: [`chmod 600 ${file}`] });
}

/** 32 bytes in base64. Throws code `integrity` for anything else, and says where it was. */
export function decodeKey(text: string, from: string): Uint8Array {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === keyLength && /^[A-Za-z0-9+/_-]+=?$/.test(text.trim())) return key;
  throw new UserError('integrity', `expected a vault key in "${from}": 32 bytes in base64`);
}
