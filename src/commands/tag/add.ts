import { UserError } from '../../errors.ts';
import { readTags } from '../read-tags.ts';
import { addTagOption, type Tag } from '../tags.ts';
import type { Verb } from '../verb.ts';
import { addChangeOptions, type ChangeOptions, changeTags, missing } from './change.ts';

interface Options extends ChangeOptions {
  tag?: Tag[];
}

const words = `
To what is named, or to all that a query finds. A tag that is there gets the new value; the others stay.

Examples:
  latchkey tag add secret:prod/db param:/prod/url --tag team=red --tag env=prod
  latchkey tag add --name prod/ --kind secret --tag env=prod --dry-run`;

export const verb: Verb<Options> = {
  words: (command) => addTagOption(addChangeOptions(command)).addHelpText('after', words),

  async run(context, references, { tag, ...options }) {
    if (!tag) throw new UserError('usage', 'expected a tag: --tag KEY=VALUE');
    const wanted = readTags(tag);
    await changeTags(context, { references, options, change: (tags) => ({ add: missing(wanted, tags), remove: [] }) });
  },
};
