import fs from 'node:fs';
import path from 'node:path';
import type { SessionFlags } from '../../aws/session.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { writeFileWhole, writing } from '../../files.ts';
import { readValue } from '../../input/value.ts';
import type { Verb } from '../verb.ts';
import { withVault } from './open.ts';

interface Options extends SessionFlags {
  out?: string;
  passphrase?: boolean;
  passphraseFile?: string;
}

const words = `
A line of JSON an item: secrets with all their versions, parameters, keys, aliases, access keys. Each is sealed, names
and tags, too. The vault's key, passphrase or recovery key of today opens it, or a passphrase of its own.

Examples:
  latchkey vault export --out ./everything.jsonl
  latchkey vault export --passphrase-file ./passphrase | ssh build latchkey vault import - --yes`;

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .option('--out <file>', 'write to this new file, which only you can read')
      .option('--passphrase', 'a passphrase is to open it: asked for')
      .option('--passphrase-file <file>', 'a passphrase is to open it: the one in this file')
      .addHelpText('after', words),

  async run(context, _args, options) {
    const file = options.out === undefined ? undefined : path.resolve(options.out);
    if (file && fs.existsSync(file)) throw taken(file);
    const passphrase = await passphraseOf(context, options);
    const lines = await withVault(context, options, (vault) => vault.exportLines(passphrase));
    if (file) writing(file, () => writeFileWhole(file, `${lines.join('\n')}\n`, { exclusive: true }));
    else for (const line of lines) await context.terminal.write(`${line}\n`);
    context.terminal.remark(`${lines.length - 2} items; to take them in elsewhere: "latchkey vault import FILE"`);
  },
};

async function passphraseOf(context: Context, { passphrase, passphraseFile: valueFile }: Options) {
  if (!passphrase && valueFile === undefined) return undefined;
  const asked = { question: 'Passphrase of the export', confirm: true };
  return Buffer.from(await readValue(context, { valueFile, trimNewline: true }, asked)).toString();
}

const taken = (file: string) =>
  new UserError('conflict', `there is a file already: "${file}"`, { hints: ['choose another name'] });
