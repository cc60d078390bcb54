import { addListOptions, type ListOptions, writeRecord } from '../../../output/list.ts';
import type { Verb } from '../../verb.ts';
import { findKey } from '../find-key.ts';

export const verb: Verb<ListOptions> = {
  words: (command) =>
    addListOptions(command)
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .addHelpText('after', '\nExample:\n  latchkey key rotate status alias/app'),

  async run(context, [text], options) {
    const { kms, id } = await findKey(context, text!);
    await writeRecord(context.terminal, await kms.getKeyRotationStatus({ KeyId: id }), options);
  },
};
