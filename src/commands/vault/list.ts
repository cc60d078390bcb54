import fs from 'node:fs';
import path from 'node:path';
import { vaultFolder } from '../../aws/places.ts';
import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import { VaultError } from '../../vault/errors.ts';
import { inspectVault } from '../../vault/inspect.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<ListOptions> = {
  words: (command) =>
    addListOptions(command).addHelpText(
      'after',
      '\nThose that have a name; needs no key. To use one: --vault-name NAME, or LATCHKEY_VAULT=NAME.\n\nExample:\n  latchkey vault list',
    ),

  async run(context, _args, options) {
    const items = filesIn(vaultFolder(context.environment)).map(describe);
    const columns = ['Name', 'Account', 'Secrets', 'Parameters', 'Keys', 'Size', 'Problem'];
    await writeList(context.terminal, { columns, items }, options);
  },
};

function filesIn(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.db') && !name.startsWith('.'));
  return names.sort().map((name) => path.join(folder, name));
}

function describe(file: string) {
  const of = { Name: path.basename(file, '.db'), File: file, Size: fs.statSync(file).size };
  try {
    const { header, contents } = inspectVault(file);
    const sum = (kind: 'secrets' | 'parameters' | 'keys') => contents.reduce((count, one) => count + one[kind], 0);
    const counts = { Secrets: sum('secrets'), Parameters: sum('parameters'), Keys: sum('keys') };
    return { ...of, Id: header.id, Account: header.account, ...counts };
  } catch (error) {
    if (error instanceof VaultError) return { ...of, Problem: error.message };
    throw error;
  }
}
