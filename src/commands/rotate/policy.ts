import type { SecretsManager } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { addListOptions, type ListOptions, writeRecord } from '../../output/list.ts';
import { encodePolicy, lengthTrouble, policyTag } from '../../rotation/password-policy.ts';
import type { PasswordRules } from '../../rotation/rotator.ts';
import { addPasswordOptions, type PasswordOptions, randomPassword } from '../secret/password.ts';
import { wholeSecret } from '../secret/whole.ts';
import type { Verb } from '../verb.ts';
import { policyOf } from './policy-of.ts';

interface Options extends PasswordOptions, ListOptions {
  none?: boolean;
}

const words = `
Says what the new passwords of one secret are made of, or shows it where no option says anything. It is kept in a tag of
the secret, and both "rotate now" and "rotate due" keep to it. Lengths that the secret's engine does not take, and rules
that leave no character, are refused. What a server's own policy refuses, it says itself when it rotates: nothing has
changed then.

Examples:
  latchkey rotate policy prod/db --length 40 --exclude-characters '/@"'
  latchkey rotate policy prod/db`;

export const verb: Verb<Options> = {
  words: (command) =>
    addPasswordOptions(addListOptions(command).argument('<name>', 'name or ARN of a secret'))
      .option('--none', 'no rules of its own any more')
      .addHelpText('after', words),

  async run(context, [name], options) {
    const { where, id } = wholeSecret(name!);
    const { secretsManager } = await context.clients(where);
    const rules = rulesOf(options);
    if (options.none && Object.keys(rules).length > 0) {
      throw new UserError('usage', '--none stands alone', { hints: ['leave out --none, or the rules'] });
    }
    if (options.none) await secretsManager.untagResource({ SecretId: id, TagKeys: [policyTag] });
    else if (Object.keys(rules).length > 0) await store(secretsManager, id, rules);
    else await show(context, secretsManager, id, options);
    return undefined;
  },
};

function rulesOf(options: Options): PasswordRules {
  const { length, excludeCharacters, excludePunctuation, excludeNumbers, excludeUppercase, excludeLowercase } = options;
  const { includeSpace, requireEachIncludedType } = options;
  const all = {
    ...{ length, excludeCharacters, excludePunctuation, excludeNumbers, excludeUppercase, excludeLowercase },
    ...{ includeSpace, requireEachIncludedType: requireEachIncludedType ? undefined : false },
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** The service itself says whether there is such a password. */
async function store(client: SecretsManager, SecretId: string, rules: PasswordRules): Promise<void> {
  if (rules.length !== undefined) await checkLength(client, SecretId, rules.length);
  await randomPassword(client, { requireEachIncludedType: true, ...rules });
  const Value = encodePolicy(rules);
  if (Value.length > 256) {
    throw new UserError('usage', 'a tag does not hold so many characters to exclude', {
      hints: ['exclude whole types of them: --exclude-punctuation'],
    });
  }
  await client.tagResource({ SecretId, Tags: [{ Key: policyTag, Value }] });
}

async function checkLength(client: SecretsManager, SecretId: string, length: number): Promise<void> {
  const { SecretString = '' } = await client.getSecretValue({ SecretId });
  const trouble = lengthTrouble(SecretString, length);
  if (trouble) throw new UserError('usage', trouble, { hints: ['nothing was changed'] });
}

async function show({ terminal }: Context, client: SecretsManager, id: string, options: ListOptions): Promise<void> {
  const rules = await policyOf(client, id);
  await writeRecord(terminal, rules, options);
}
