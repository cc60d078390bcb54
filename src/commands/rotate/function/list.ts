import { addListOptions, type ListOptions, writeList } from '../../../output/list.ts';
import type { Verb } from '../../verb.ts';
import { isProgram, readFunctions, type Stand } from '../functions.ts';

export const verb: Verb<ListOptions> = {
  words: (command) => addListOptions(command).addHelpText('after', '\nExample:\n  latchkey rotate function list'),

  async run({ terminal, environment }, _args, options) {
    const items = Object.entries(readFunctions(environment)).map(([arn, stand]) => ({
      Function: arn,
      ...shown(stand),
    }));
    await writeList(terminal, { columns: ['Function', 'Rotator', 'Command'], items }, options);
    return undefined;
  },
};

const shown = (stand: Stand) =>
  isProgram(stand)
    ? { Command: stand.command, Folder: stand.folder }
    : { Rotator: stand.rotator, PasswordKey: stand.passwordKey, Tls: stand.tls, Ca: stand.ca };
