import fs from 'node:fs';
import path from 'node:path';
import type { SessionFlags } from '../../aws/session.ts';
import { UserError } from '../../errors.ts';
import { writing } from '../../files.ts';
import type { Verb } from '../verb.ts';

import { withVault } from './open.ts';

const words = `
One file with all that the vault holds at this moment, sealed: names and tags, too. The vault's key, passphrase or
recovery key of today opens it. Other commands may go on writing meanwhile.

Example:
  latchkey vault backup ./vault-2026-11-23.backup`;

export const verb: Verb<SessionFlags> = {
  words: (command) => command.argument('<file>', 'where the backup goes').addHelpText('after', words),

  async run(context, [name], options) {
    const file = path.resolve(name!);
    if (fs.existsSync(file)) throw taken(file);
    if (!fs.existsSync(path.dirname(file))) throw noFolder(path.dirname(file));
    const id = await withVault(context, options, async (vault) => {
      await writing(file, () => vault.backUp(file));
      return vault.header.id;
    });
    await context.terminal.write(`${file}\n`);
    context.terminal.remark(
      `it opens with the key of vault ${id}; bring it back with "latchkey vault restore ${name}"`,
    );
  },
};

const noFolder = (folder: string) => new UserError('not-found', `there is no folder "${folder}"`);

const taken = (file: string) =>
  new UserError('conflict', `there is a file already: "${file}"`, { hints: ['choose another name'] });
