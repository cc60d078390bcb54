import { parseKey } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { addMacOptions, type MacOptions, readMacMessage } from './mac-message.ts';
import { isTrue, readProof } from './verdict.ts';

interface Options extends MacOptions {
  mac: string;
}

const words = `
Exit code 0 where the MAC is true, and 1 where it is false.

Example:
  latchkey key verify-mac alias/tokens token --mac token.mac`;

export const verb: Verb<Options> = {
  words: (command) =>
    addMacOptions(command)
      .argument('<key>', 'the HMAC key that is said to have made it: alias/NAME, id or ARN')
      .argument('[file]', 'the message; standard input when left out')
      .requiredOption('--mac <file>', 'the MAC: the bytes, base64 or hexadecimal; "-" is standard input')
      .addHelpText('after', words),

  async run(context, [text, file], options) {
    const { where, id } = parseKey(text!);
    const Mac = await readProof(context, { file, proof: options.mac, option: '--mac' });
    const { kms } = await context.clients(where);
    const message = await readMacMessage(context, { kms, id, file }, options);
    const asked = kms.verifyMac({ KeyId: id, ...message, Mac }).then(({ MacValid }) => MacValid);
    if (await isTrue(asked, 'KMSInvalidMacException')) {
      context.terminal.remark(`the MAC is true (${message.MacAlgorithm})`);
      return 0;
    }
    context.terminal.say(`the MAC is false: not of this message, not by this key, or not ${message.MacAlgorithm}`);
    return 1;
  },
};
