import type { SessionFlags } from '../../../aws/session.ts';
import type { Verb } from '../../verb.ts';
import { withVault } from '../open.ts';
import { noSuchKey } from './no-such-key.ts';

export const verb: Verb<SessionFlags> = {
  words: (command) =>
    command
      .argument('<id>', 'an access key id: AKIA and 16 characters')
      .addHelpText('after', '\nExample:\n  latchkey vault keys enable AKIAIOSFODNN7EXAMPLE'),

  async run(context, [id], options) {
    const found = await withVault(context, options, ({ accessKeys }) => accessKeys.setStatus(id!, 'Active'));
    if (!found) throw noSuchKey(id!);
    context.terminal.remark(`access key "${id}" may call the vault`);
  },
};
