import type { Verb } from '../../verb.ts';
import { findKey } from '../find-key.ts';

export const verb: Verb = {
  words: (command) =>
    command
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .addHelpText(
        'after',
        '\nA key can be rotated so 25 times. What it encrypted before still opens.\n\nExample:\n  latchkey key rotate now alias/app',
      ),

  async run(context, [text]) {
    const { kms, id, said } = await findKey(context, text!);
    await kms.rotateKeyOnDemand({ KeyId: id });
    context.terminal.remark(`${said} is being rotated; see "latchkey key rotate history ${text}"`);
  },
};
