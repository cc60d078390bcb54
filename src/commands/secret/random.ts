import { UserError } from '../../errors.ts';
import { writeValue } from '../../output/value.ts';
import type { Verb } from '../verb.ts';

interface Options {
  length: number;
  excludeCharacters?: string;
  punctuation: boolean;
  numbers: boolean;
  uppercase: boolean;
  lowercase: boolean;
  space?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .option('--length <number>', 'how many characters, 1 to 4096', readLength, 32)
      .option('--exclude-characters <characters>', 'none of these')
      .option('--no-punctuation', 'only letters and digits')
      .option('--no-numbers', 'no digits')
      .option('--no-uppercase', 'no capital letters')
      .option('--no-lowercase', 'no small letters')
      .option('--space', 'spaces, too')
      .addHelpText('after', '\nExample:\n  latchkey secret random --length 24 --no-punctuation'),

  async run(context, _args, options) {
    const { secretsManager } = await context.clients();
    const { RandomPassword } = await secretsManager.getRandomPassword({
      PasswordLength: options.length,
      ExcludeCharacters: options.excludeCharacters,
      ExcludePunctuation: !options.punctuation,
      ExcludeNumbers: !options.numbers,
      ExcludeUppercase: !options.uppercase,
      ExcludeLowercase: !options.lowercase,
      IncludeSpace: options.space,
    });
    await writeValue(context.terminal, RandomPassword!);
  },
};

function readLength(text: string): number {
  const length = Number(text);
  if (/^\d+$/.test(text) && length >= 1 && length <= 4096) return length;
  throw new UserError('usage', `--length expects 1 to 4096, got "${text}"`);
}
