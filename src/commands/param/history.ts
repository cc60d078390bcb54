import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import type { Verb } from '../verb.ts';
import { everyVersion } from './versions.ts';
import { wholeParameter } from './whole.ts';

interface Options extends ListOptions {
  reveal?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(command)
      .argument('<name>', 'name of a parameter')
      .option('--reveal', 'show the values')
      .addHelpText('after', '\nExample:\n  latchkey param history /prod/app/url'),

  async run(context, [text], { reveal = false, ...options }) {
    const { where, name } = wholeParameter(text!);
    const { ssm } = await context.clients(where);
    const versions = await everyVersion(ssm, context.terminal, name, reveal);
    // Without decryption a SecureString comes as ciphertext, but a String as it is.
    const items = versions.map(({ Value, ...version }) => (reveal ? { ...version, Value } : version));
    const columns = ['Version', 'Type', 'Tier', 'LastModifiedDate', 'Labels', ...(reveal ? ['Value'] : [])];
    await writeList(context.terminal, { columns, items }, options);
  },
};
