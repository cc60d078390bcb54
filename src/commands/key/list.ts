import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import type { Verb } from '../verb.ts';
import { everyAlias, everyKey } from './pages.ts';

export const verb: Verb<ListOptions> = {
  words: (command) => addListOptions(command).addHelpText('after', '\nExample:\n  latchkey key list'),

  async run(context, _args, options) {
    const { kms } = await context.clients();
    const [keys, aliases] = await Promise.all([everyKey(kms, context.terminal), everyAlias(kms, context.terminal)]);
    const aliasesOf = (KeyId?: string) => aliases.filter((a) => a.TargetKeyId === KeyId).map((a) => a.AliasName);
    const items = keys.map((key) => ({ ...key, Aliases: aliasesOf(key.KeyId) }));
    await writeList(context.terminal, { columns: ['KeyId', 'Aliases'], items }, options);
  },
};
