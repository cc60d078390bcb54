import { UserError } from '../../errors.ts';
import { readTags } from '../read-tags.ts';
import { addTagOption, type Tag } from '../tags.ts';
import type { Verb } from '../verb.ts';
import { addChangeOptions, type ChangeOptions, changeTags, missing } from './change.ts';

interface Options extends ChangeOptions {
  tag?: Tag[];
  none?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addTagOption(addChangeOptions(command))
      .option('--none', 'no tags at all')
      .addHelpText(
        'after',
        '\nThese tags and no others; those that AWS gives stay.\n\nExample:\n  latchkey tag set secret:prod/db --tag team=red --tag env=prod',
      ),

  async run(context, references, { tag, none, ...options }) {
    if (!tag === !none) throw new UserError('usage', 'expected the tags, as --tag KEY=VALUE, or --none');
    const wanted = readTags(tag ?? []);
    const superfluous = (key: string) => !Object.hasOwn(wanted, key) && !/^aws:/i.test(key);
    const change = (tags: Record<string, string>) => ({
      add: missing(wanted, tags),
      remove: Object.keys(tags).filter(superfluous),
    });
    await changeTags(context, { references, options, change });
  },
};
