import type { Command } from 'commander';
import type { SecretsManager } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';

export interface PasswordOptions {
  length?: number;
  excludeCharacters?: string;
  excludePunctuation?: boolean;
  excludeNumbers?: boolean;
  excludeUppercase?: boolean;
  excludeLowercase?: boolean;
  includeSpace?: boolean;
  requireEachIncludedType: boolean;
}

/** By the names that AWS has for them. Where a verb has `--generate`, each of them means it. */
const rules: readonly [flags: string, description: string, read?: (text: string) => unknown][] = [
  ['--length <number>', 'how many characters to generate, 1 to 4096 (default: 32)', readLength],
  ['--exclude-characters <characters>', 'none of these'],
  ['--exclude-punctuation', 'only letters and digits'],
  ['--exclude-numbers', 'no digits'],
  ['--exclude-uppercase', 'no capital letters'],
  ['--exclude-lowercase', 'no small letters'],
  ['--include-space', 'spaces, too'],
];

/** Adds the rules of a generated password. */
export function addPasswordOptions(command: Command): Command {
  for (const [flags, description, read] of rules) {
    const option = command.createOption(flags, description).implies({ generate: true });
    command.addOption(read ? option.argParser(read) : option);
  }
  return command
    .option('--require-each-included-type', 'at least one character of each type (default)', true)
    .option('--no-require-each-included-type', 'a type of characters may be absent');
}

/** Made by the service, on AWS as in the vault. It refuses rules that leave no character. */
export async function randomPassword(client: SecretsManager, options: PasswordOptions): Promise<string> {
  const { RandomPassword } = await client.getRandomPassword({
    PasswordLength: options.length ?? 32,
    ExcludeCharacters: options.excludeCharacters,
    ExcludePunctuation: options.excludePunctuation,
    ExcludeNumbers: options.excludeNumbers,
    ExcludeUppercase: options.excludeUppercase,
    ExcludeLowercase: options.excludeLowercase,
    IncludeSpace: options.includeSpace,
    RequireEachIncludedType: options.requireEachIncludedType,
  });
  return RandomPassword!;
}

function readLength(text: string): number {
  const length = Number(text);
  if (/^\d+$/.test(text) && length >= 1 && length <= 4096) return length;
  throw new UserError('usage', `--length expects 1 to 4096, got "${text}"`);
}
