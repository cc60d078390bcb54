import { writeValue } from '../../../output/value.ts';
import type { Verb } from '../../verb.ts';
import { findKey } from '../find-key.ts';

export const verb: Verb = {
  words: (command) =>
    command
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .addHelpText('after', '\nExample:\n  latchkey key policy get alias/app > policy.json'),

  async run(context, [text]) {
    const { kms, id } = await findKey(context, text!);
    const { Policy } = await kms.getKeyPolicy({ KeyId: id });
    await writeValue(context.terminal, Policy!);
  },
};
