import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { readKeyFile, removeKeyFile, writeKeyFile } from '../../aws/key-file.ts';
import { nextKeyFile } from '../../aws/vault-key.ts';
import { syncFolder } from '../../files.ts';
import { VaultError } from '../../vault/errors.ts';
import { openVault } from '../../vault/vault.ts';

/*
 * A new key takes three steps: it is written beside the old one, the vault takes it, its file takes the old one's
 * place. Killed in between, a vault finds both, and one of them opens it.
 */

interface Vault {
  readonly file: string;
  readonly id: string;
}

/** The first step. Returns the key. */
export function stageKey(keyFile: string, { id, file }: Vault, keychain: boolean): Uint8Array {
  const key = randomBytes(32);
  writeKeyFile(nextKeyFile(keyFile), key, { comment: commentOf({ id, file }), keychain });
  return key;
}

/** What a key file says of itself. */
export const commentOf = ({ id, file }: Vault): string[] => [
  `The key of latchkey vault ${id},`,
  `made for ${file}. Without it, nothing in there can be read.`,
];

/**
 * Takes the first step back. The vault never took that key, so it opens nothing: left behind in a keychain that does
 * not answer, it does no harm.
 */
export function unstageKey(keyFile: string): void {
  const next = nextKeyFile(keyFile);
  try {
    if (fs.existsSync(next)) removeKeyFile(next);
  } catch {
    fs.rmSync(next, { force: true });
  }
}

/** The third step. The old key stays beside it, for backups that it opens; returns where, if there was one. */
export function promoteKey(keyFile: string, now: Date): string | undefined {
  const old = setAside(keyFile, now);
  fs.renameSync(nextKeyFile(keyFile), keyFile);
  syncFolder(path.dirname(keyFile));
  return old;
}

/** Gives a key file a name with the time, to the millisecond, and leaves it under its own, too; returns the name, if there was one. */
export function setAside(keyFile: string, now: Date): string | undefined {
  if (!fs.existsSync(keyFile)) return undefined;
  const old = `${keyFile}.until-${now.toISOString().replace(/[-:.]/g, '')}`;
  fs.linkSync(keyFile, old);
  return old;
}

/** Ends what a rekey that was killed has left: its key takes its place, or goes, whichever is right. */
export async function settleKeyFiles(keyFile: string, vault: Vault, now: Date): Promise<void> {
  const next = nextKeyFile(keyFile);
  if (!fs.existsSync(next)) return;
  if (await isTaken(next, keyFile, vault)) promoteKey(keyFile, now);
  else unstageKey(keyFile);
}

/** One that cannot be read has surely not been taken where the old key still opens; else nobody can say. */
async function isTaken(next: string, keyFile: string, { file }: Vault): Promise<boolean> {
  try {
    return await opens(file, next);
  } catch (error) {
    if (fs.existsSync(keyFile) && (await opens(file, keyFile))) return false;
    throw error;
  }
}

async function opens(file: string, keyFile: string): Promise<boolean> {
  try {
    (await openVault({ file, unlock: async () => ({ key: readKeyFile(keyFile) }) })).close();
    return true;
  } catch (error) {
    if (error instanceof VaultError && error.code === 'wrong-key') return false;
    throw error;
  }
}
