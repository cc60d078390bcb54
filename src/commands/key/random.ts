import { writeValue } from '../../output/value.ts';
import type { Verb } from '../verb.ts';
import { toBase64 } from './ciphertext.ts';
import { readBytes } from './data-key.ts';

interface Options {
  bytes: number;
  hex?: boolean;
  raw?: boolean;
  force?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .option('--bytes <number>', 'how many, 1 to 1024', readBytes, 32)
      .option('--hex', 'print hexadecimal digits, not base64')
      .addOption(command.createOption('--raw', 'print the bytes themselves').conflicts('hex'))
      .option('--force', 'with --raw: print them to a terminal')
      .addHelpText('after', '\nExample:\n  latchkey key random --bytes 16 --hex'),

  async run(context, _args, { bytes, hex, raw, force }) {
    const { kms } = await context.clients();
    const { Plaintext } = await kms.generateRandom({ NumberOfBytes: bytes });
    if (raw) return writeValue(context.terminal, Plaintext!, { force }).then(() => undefined);
    await context.terminal.write(`${hex ? Buffer.from(Plaintext!).toString('hex') : toBase64(Plaintext!)}\n`);
  },
};
