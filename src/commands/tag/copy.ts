import { addPlanOptions, type PlanOptions } from '../../input/plan.ts';
import type { Verb } from '../verb.ts';
import { changeTags, missing } from './change.ts';
import { taggedBy } from './tagged.ts';

export const verb: Verb<PlanOptions> = {
  words: (command) =>
    addPlanOptions(command)
      .argument('<from>', 'what has the tags')
      .argument('<to...>', 'what is to have them, too')
      .addHelpText('after', '\nExample:\n  latchkey tag copy secret:prod/db param:/prod/url key:alias/app'),

  async run(context, [from, ...references], options) {
    const tags = await (await taggedBy(context, from!)).read();
    const wanted = Object.fromEntries(Object.entries(tags).filter(([key]) => !/^aws:/i.test(key)));
    await changeTags(context, {
      references,
      options,
      change: (there) => ({ add: missing(wanted, there), remove: [] }),
    });
  },
};
