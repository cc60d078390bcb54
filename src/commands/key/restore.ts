import type { Verb } from '../verb.ts';
import { findKey } from './find-key.ts';

interface Options {
  enable: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .argument('<key>', 'alias/NAME, id or ARN of a key that waits for its deletion')
      .option('--no-enable', 'leave it disabled, as AWS does')
      .addHelpText('after', '\nExample:\n  latchkey key restore alias/app'),

  async run(context, [text], { enable }) {
    const { kms, id, said } = await findKey(context, text!);
    await kms.cancelKeyDeletion({ KeyId: id });
    if (enable) await kms.enableKey({ KeyId: id });
    context.terminal.remark(`${said} stays, and is ${enable ? 'enabled' : 'disabled'}`);
  },
};
