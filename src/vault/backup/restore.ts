import fs from 'node:fs';
import { VaultError } from '../errors.ts';
import type { Unlocking } from '../master-key.ts';
import { openDatabase, removeDatabase } from '../store/database.ts';
import type { Header } from '../store/header.ts';
import { openVault } from '../vault.ts';
import { beside } from './beside.ts';
import { openBackup } from './open-backup.ts';

interface Restore {
  readonly backup: string;
  /** Where the vault goes. */
  readonly file: string;
  /** Whether it may take the place of one that is there. */
  readonly replace?: boolean;
  unlock(header: Header): Promise<Unlocking | readonly Unlocking[]>;
}

/**
 * Makes a vault out of a backup. It is made beside its place, and every value in it is opened there, before anything
 * takes anything's place: whatever goes wrong until then changes nothing. Throws `VaultError`, or Node's own errors.
 */
export async function restore({ backup, file, replace = false, unlock }: Restore): Promise<void> {
  const part = beside(file);
  try {
    await openBackup(backup, part, unlock);
    await prove(part, unlock);
    if (replace) release(file);
    if (replace) fs.renameSync(part, file);
    else fs.linkSync(part, file);
  } finally {
    removeDatabase(part);
  }
}

async function prove(file: string, unlock: Restore['unlock']): Promise<void> {
  const vault = await openVault({ file, unlock });
  try {
    const problems = await vault.verify();
    if (problems.length > 0) throw new VaultError('damaged', `what is in the backup does not hold: ${problems[0]}`);
  } finally {
    vault.close();
  }
}

/** A journal that a crash has left belongs to the old file, and would be played into the new one: it ends here. */
function release(file: string): void {
  if (!fs.existsSync(file)) return;
  try {
    const old = openDatabase(file);
    old.transaction('write', () => {});
    old.close();
  } catch (error) {
    if (!(error instanceof VaultError) || error.code === 'busy') throw error;
  }
  fs.rmSync(`${file}-journal`, { force: true });
}
