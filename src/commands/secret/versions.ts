import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import { everyItem } from '../pages.ts';
import type { Verb } from '../verb.ts';
import { wholeSecret } from './whole.ts';

interface Options extends ListOptions {
  includeDeprecated?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(command)
      .argument('<name>', 'name or ARN of a secret')
      .option('--include-deprecated', 'also versions without a stage, which AWS deletes in time')
      .addHelpText('after', '\nExample:\n  latchkey secret versions prod/db'),

  async run(context, [name], options) {
    const { where, id } = wholeSecret(name!);
    const { secretsManager } = await context.clients(where);
    const items = await everyItem(
      context.terminal,
      (NextToken) =>
        secretsManager.listSecretVersionIds({
          SecretId: id,
          NextToken,
          MaxResults: 100,
          IncludeDeprecated: options.includeDeprecated,
        }),
      (page) => page.Versions,
    );
    const columns = ['VersionId', 'VersionStages', 'CreatedDate', 'LastAccessedDate'];
    await writeList(context.terminal, { columns, items }, options);
  },
};
