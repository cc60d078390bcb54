import type { Verb } from '../verb.ts';
import { findKey } from './find-key.ts';

interface Options {
  description: string;
}

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .requiredOption('--description <text>', 'what it is for')
      .addHelpText('after', '\nExample:\n  latchkey key update alias/app --description "tokens of the web app"'),

  async run(context, [text], { description }) {
    const { kms, id, said } = await findKey(context, text!);
    await kms.updateKeyDescription({ KeyId: id, Description: description });
    context.terminal.remark(`changed ${said}`);
  },
};
