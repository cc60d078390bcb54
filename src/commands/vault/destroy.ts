import fs from 'node:fs';
import { removeKeyFile } from '../../aws/key-file.ts';
import type { SessionFlags } from '../../aws/session.ts';
import { keyFileOf } from '../../aws/vault-key.ts';
import { addPlanOptions, confirmPlan, type PlanOptions } from '../../input/plan.ts';
import { type Inspection, inspectVault } from '../../vault/inspect.ts';
import { removeDatabase } from '../../vault/store/database.ts';
import type { Verb } from '../verb.ts';
import { placeOf } from './place.ts';

interface Options extends SessionFlags, PlanOptions {
  withKey?: boolean;
}

const words = `
Deletes the vault's file for good. Its key file stays, since it opens backups, unless --with-key takes it along.

Examples:
  latchkey vault destroy --dry-run
  latchkey vault destroy --with-key`;

export const verb: Verb<Options> = {
  words: (command) =>
    addPlanOptions(command)
      .option('--with-key', 'delete its key file, too: then no backup of it can be opened')
      .addHelpText('after', words),

  async run(context, _args, options) {
    const file = await placeOf(context, options);
    const inspection = inspectVault(file);
    const keyFile = fs.existsSync(keyFileOf(inspection.header.id, context)) && keyFileOf(inspection.header.id, context);
    const gone = options.withKey && keyFile;
    const lines = [
      `delete the vault "${file}" for good`,
      ...contentsOf(inspection),
      ...(gone ? [`and its key "${gone}": no backup of it can be opened then`] : []),
    ];
    if (!(await confirmPlan(context, { lines, question: 'Destroy the vault?' }, options))) return;
    if (gone) removeKeyFile(gone); // before the vault: a keychain that does not answer leaves both as they are
    removeDatabase(file);
    context.terminal.remark(`the vault "${file}" is gone`);
    if (keyFile && !gone) context.terminal.remark(`its key opens backups, and is still there: ${keyFile}`);
  },
};

function contentsOf({ contents }: Inspection): string[] {
  const words = contents.map(
    ({ region, secrets, parameters, keys }) =>
      `with ${secrets} secrets, ${parameters} parameters, ${keys} keys in ${region}`,
  );
  return words.length > 0 ? words : ['there is nothing in it'];
}
