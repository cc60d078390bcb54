import fs from 'node:fs';
import path from 'node:path';
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
      .option('--with-key', 'delete its key files, too, those of before: then no backup of it can be opened')
      .addHelpText('after', words),

  async run(context, _args, options) {
    const file = await placeOf(context, options);
    const inspection = inspectVault(file);
    const keyFiles = allKeyFiles(keyFileOf(inspection.header.id, context));
    const gone = options.withKey ? keyFiles : [];
    const lines = [
      `delete the vault "${file}" for good`,
      ...contentsOf(inspection),
      ...gone.map((one) => `and its key "${one}": no backup of it can be opened then`),
    ];
    if (!(await confirmPlan(context, { lines, question: 'Destroy the vault?' }, options))) return;
    for (const one of gone) removeKeyFile(one); // before the vault: a keychain that does not answer leaves it as it is
    removeDatabase(file);
    context.terminal.remark(`the vault "${file}" is gone`);
    if (!options.withKey && keyFiles[0])
      context.terminal.remark(`its key opens backups, and is still there: ${keyFiles[0]}`);
  },
};

/** The key file, those that a rekey has set aside, and one that was to take its place. */
function allKeyFiles(keyFile: string): string[] {
  const [folder, name] = [path.dirname(keyFile), path.basename(keyFile)];
  const others = fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
  const isOne = (other: string) => other === name || other === `${name}.next` || other.startsWith(`${name}.until-`);
  return others.filter(isOne).map((other) => path.join(folder, other));
}

function contentsOf({ contents }: Inspection): string[] {
  const words = contents.map(
    ({ region, secrets, parameters, keys }) =>
      `with ${secrets} secrets, ${parameters} parameters, ${keys} keys in ${region}`,
  );
  return words.length > 0 ? words : ['there is nothing in it'];
}
