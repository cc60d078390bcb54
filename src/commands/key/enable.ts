import type { Verb } from '../verb.ts';
import { findKey } from './find-key.ts';

export const verb: Verb = {
  words: (command) =>
    command
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .addHelpText('after', '\nExample:\n  latchkey key enable alias/app'),

  async run(context, [text]) {
    const { kms, id, said } = await findKey(context, text!);
    await kms.enableKey({ KeyId: id });
    context.terminal.remark(`${said} is enabled`);
  },
};
