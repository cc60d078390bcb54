import fs from 'node:fs';
import path from 'node:path';
import { rootSecretOf } from '../../aws/vault-key.ts';
import { UserError } from '../../errors.ts';
import { writing } from '../../files.ts';
import { addPlanOptions, confirmPlan, type PlanOptions } from '../../input/plan.ts';
import { readBackup } from '../../vault/backup/open-backup.ts';
import { restore } from '../../vault/backup/restore.ts';
import { VaultError } from '../../vault/errors.ts';
import { inspectVault } from '../../vault/inspect.ts';
import type { Verb } from '../verb.ts';
import { makeFolderFor } from './all-or-nothing.ts';
import { placeOf } from './place.ts';
import { addRecoveryOptions, type RecoveryOptions, readRecovery } from './recovery.ts';

interface Options extends RecoveryOptions, PlanOptions {
  replace?: boolean;
}

const words = `
Opens every value of the backup before anything is replaced. Goes to the vault's default place, or to --vault-file FILE.
A backup opens with the key that its vault had then: LATCHKEY_VAULT_KEY_FILE names another than today's.

Example:
  latchkey vault restore ./vault-2026-11-23.backup`;

export const verb: Verb<Options> = {
  words: (command) =>
    addPlanOptions(addRecoveryOptions(command))
      .argument('<file>', 'a file that "latchkey vault backup" made')
      .option('--replace', 'put it in the place of the vault that is there')
      .addHelpText('after', words),

  async run(context, [name], options) {
    const backup = requireFile(path.resolve(name!));
    const file = await placeOf(context, options);
    const { header } = readBackup(backup);
    const isThere = fs.existsSync(file);
    if (isThere && !options.replace) throw taken(file);
    if (isThere) requireVault(file);
    const lines = [`put the backup of vault ${header.id} in the place of "${file}"`, 'what is there now goes for good'];
    if (isThere && !(await confirmPlan(context, { lines, question: 'Replace the vault?' }, options))) return;
    makeFolderFor(file, () => {});
    const recovery = await readRecovery(context, options);
    const unlock = async () => recovery ?? rootSecretOf(header, context);
    await writing(file, () => restore({ backup, file, replace: isThere, unlock }));
    await context.terminal.write(`vault  ${file}\n`);
    context.terminal.remark('every value of it opens, and every reference holds');
  },
};

function requireFile(file: string): string {
  if (fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  throw new UserError('not-found', `there is no file "${file}"`);
}

/** A damaged vault may be replaced; a file that never was one may not. */
function requireVault(file: string): void {
  try {
    inspectVault(file);
  } catch (error) {
    if (!(error instanceof VaultError) || error.code === 'not-a-vault') throw error;
  }
}

const taken = (file: string) =>
  new UserError('conflict', `there is a vault already: "${file}"`, {
    hints: ['to put the backup in its place: --replace', 'to put it elsewhere: --vault-file FILE'],
  });
