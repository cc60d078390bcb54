import { addListOptions, type ListOptions, writeRecord } from '../../output/list.ts';
import { parseKey } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<ListOptions> = {
  words: (command) =>
    addListOptions(command)
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .addHelpText('after', '\nExample:\n  latchkey key describe alias/app --query KeyState --output text'),

  async run(context, [text], options) {
    const { where, id } = parseKey(text!);
    const { kms } = await context.clients(where);
    const { KeyMetadata } = await kms.describeKey({ KeyId: id });
    await writeRecord(context.terminal, KeyMetadata!, options);
  },
};
