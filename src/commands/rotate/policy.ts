import type { SecretsManager } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import { encodePolicy, policyTag } from '../../rotation/password-policy.ts';
import type { PasswordRules } from '../../rotation/rotator.ts';
import { type PasswordOptions, randomPassword } from '../secret/password.ts';
import { wholeSecret } from '../secret/whole.ts';
import type { Verb } from '../verb.ts';
import { policyOf } from './policy-of.ts';
import { addNewPasswordOptions, type RotatorOptions, withRotator } from './prepare.ts';

interface Options extends RotatorOptions, PasswordOptions, ListOptions {
  none?: boolean;
}

const words = `
Shows what new passwords are made of and what the server asks of them: it logs in, asks, and changes nothing. With options
for passwords it says what those of this secret are made of: it is kept in a tag, and both "rotate now" and "rotate due"
keep to it. What a server's own policy refuses all the same it says when it rotates, and nothing has changed then.

Examples:
  latchkey rotate policy prod/db --length 40 --exclude-punctuation
  latchkey rotate policy prod/db`;

export const verb: Verb<Options> = {
  words: (command) =>
    addNewPasswordOptions(addListOptions(command))
      .option('--none', 'no rules of its own any more')
      .addHelpText('after', words),

  async run(context, args, options) {
    const { where, id } = wholeSecret(args[0]!);
    const { secretsManager } = await context.clients(where);
    const rules = rulesOf(options);
    if (options.none && Object.keys(rules).length > 0) {
      throw new UserError('usage', '--none stands alone', { hints: ['leave out --none, or the rules'] });
    }
    if (options.none) await secretsManager.untagResource({ SecretId: id, TagKeys: [policyTag] });
    else if (Object.keys(rules).length > 0) await store(secretsManager, id, rules);
    else await show(context, args, options);
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
  await randomPassword(client, { requireEachIncludedType: true, ...rules });
  const Value = encodePolicy(rules);
  if (Value.length > 256) {
    throw new UserError('usage', 'a tag does not hold so many characters to exclude', {
      hints: ['exclude whole types of them: --exclude-punctuation'],
    });
  }
  await client.tagResource({ SecretId, Tags: [{ Key: policyTag, Value }] });
}

/** The secret's own rules, and then those of its rotator and of the server. */
async function show(context: Context, args: string[], options: Options): Promise<void> {
  const items = await withRotator(context, args, options, async ({ client, id, current, rotator, given }) => {
    const own = Object.entries(await policyOf(client, id)).map(([Rule, Value]) => ({ Rule, Value, From: policyTag }));
    if (!rotator.policy && own.length === 0) throw noRules(rotator.name);
    const rules = (await rotator.policy?.(current, given)) ?? [];
    return [...own, ...rules.map(({ name, value, from }) => ({ Rule: name, Value: value, From: from }))];
  });
  await writeList(context.terminal, { columns: ['Rule', 'Value', 'From'], items }, options);
}

const noRules = (rotator: string) =>
  new UserError('usage', `the rotator "${rotator}" asks nobody what a password is made of`, {
    hints: ['see what passwords can be made of: "latchkey secret random --help"'],
  });
