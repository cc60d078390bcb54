import { UserError } from '../../errors.ts';
import { requireKey } from '../read-tags.ts';
import type { Verb } from '../verb.ts';
import { addChangeOptions, type ChangeOptions, changeTags } from './change.ts';

interface Options extends ChangeOptions {
  key?: string[];
}

export const verb: Verb<Options> = {
  words: (command) =>
    addChangeOptions(command)
      .option('--key <key>', 'a tag by its key; again for more', (key: string, before: string[] = []) => [
        ...before,
        key,
      ])
      .addHelpText('after', '\nExample:\n  latchkey tag remove secret:prod/db --key owner'),

  async run(context, references, { key: keys, ...options }) {
    if (!keys) throw new UserError('usage', 'expected the key of a tag: --key KEY');
    keys.forEach(requireKey);
    const change = (tags: object) => ({ add: {}, remove: keys.filter((key) => Object.hasOwn(tags, key)) });
    await changeTags(context, { references, options, change });
  },
};
