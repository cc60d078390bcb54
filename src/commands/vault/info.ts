import fs from 'node:fs';
import { isInKeychain } from '../../aws/key-file.ts';
import type { SessionFlags } from '../../aws/session.ts';
import { keyFileOf } from '../../aws/vault-key.ts';
import type { Context } from '../../context.ts';
import { addListOptions, type ListOptions, writeRecord } from '../../output/list.ts';
import { type Inspection, inspectVault } from '../../vault/inspect.ts';
import type { Verb } from '../verb.ts';
import { placeOf } from './place.ts';

export const verb: Verb<ListOptions & SessionFlags> = {
  words: (command) =>
    addListOptions(command).addHelpText('after', '\nNeeds no key, and shows none.\n\nExample:\n  latchkey vault info'),

  async run(context, _args, options) {
    const file = await placeOf(context, options);
    const { header, formatVersion, contents } = inspectVault(file);
    const record = {
      File: file,
      Size: fs.statSync(file).size,
      Id: header.id,
      Account: header.account,
      CreatedDate: header.created,
      FormatVersion: formatVersion,
      ...opensWith(header, context),
      RecoveryKey: header.recovery !== null,
      Contents: contents.map(({ region, secrets, parameters, keys }) => ({
        ...{ Region: region, Secrets: secrets, Parameters: parameters, Keys: keys },
      })),
    };
    await writeRecord(context.terminal, record, options);
  },
};

/** What opens it, and where that is looked for. */
function opensWith({ id, derivation }: Inspection['header'], context: Context): object {
  if (derivation.kind === 'scrypt') {
    const { N, r, p } = derivation;
    return { Derivation: `scrypt N=${N} r=${r} p=${p}`, Key: 'passphrase' };
  }
  if (context.environment.LATCHKEY_VAULT_KEY) return { Derivation: 'key', Key: 'LATCHKEY_VAULT_KEY' };
  const file = keyFileOf(id, context);
  const exists = fs.existsSync(file);
  return { Derivation: 'key', Key: file, KeyFileExists: exists, Keychain: exists && isInKeychain(file) };
}
