import { checkOut } from '../../output/out-file.ts';
import { parseKey } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { addBytesOptions, type BytesOptions, writeBytes } from './bytes-out.ts';
import { addMacOptions, type MacOptions, readMacMessage } from './mac-message.ts';

interface Options extends MacOptions, BytesOptions {}

const words = `
Of a message of up to 4,096 bytes: whoever may ask the same key can say with "key verify-mac" whether it has changed.

Examples:
  latchkey key mac alias/tokens token --out token.mac
  printf '%s' "$SESSION" | latchkey key mac alias/tokens --encoding hex`;

export const verb: Verb<Options> = {
  words: (command) =>
    addBytesOptions(addMacOptions(command))
      .argument('<key>', 'an HMAC key: alias/NAME, id or ARN')
      .argument('[file]', 'the message; standard input when left out')
      .addHelpText('after', words),

  async run(context, [text, file], options) {
    checkOut(options);
    const { where, id } = parseKey(text!);
    const { kms } = await context.clients(where);
    const message = await readMacMessage(context, { kms, id, file }, options);
    const { Mac } = await kms.generateMac({ KeyId: id, ...message });
    await writeBytes(context.terminal, Mac!, options);
  },
};
