import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import type { Verb } from '../verb.ts';
import { describeTree } from './read-parameters.ts';

interface Options extends ListOptions {
  path?: string;
  recursive: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(command)
      .option('--path <path>', 'only the parameters below it, like /prod/app')
      .option('--no-recursive', 'with --path: only those directly below it')
      .addHelpText('after', '\nShows no values.\n\nExample:\n  latchkey param list --path /prod'),

  async run(context, _args, options) {
    const { ssm } = await context.clients();
    const items = await describeTree(ssm, context.terminal, options);
    const columns = ['Name', 'Type', 'Tier', 'Version', 'LastModifiedDate'];
    await writeList(context.terminal, { columns, items }, options);
  },
};
