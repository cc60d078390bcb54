import { UserError } from '../../errors.ts';
import { addValueOptions, type ValueOptions } from '../../input/value.ts';
import { jsonAt, setKey } from '../../reference/json-pointer.ts';
import { parseSecret } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { explainDeletion } from './deletion.ts';
import { asJson } from './json-value.ts';
import { addGenerateOption, readOrGenerate } from './new-value.ts';
import { oneKey, readJson } from './one-key.ts';
import { addPasswordOptions, type PasswordOptions } from './password.ts';
import { replaceCurrent } from './replace-current.ts';
import { secretValue, utf8 } from './secret-value.ts';

interface Options extends ValueOptions, PasswordOptions {
  generate?: boolean;
  key?: string;
  json?: boolean;
}

const explanation = `
Prints the new version's id. All else stays to the letter. The key keeps its type where the value can have it: a number
stays a number when the new text is one; a new key is a string. When somebody else stores a version meanwhile, nothing
is changed and the exit code is 5.

Example:
  latchkey secret set 'prod/db#password'`;

export const verb: Verb<Options> = {
  words: (command) =>
    addPasswordOptions(addGenerateOption(addValueOptions(command)))
      .argument('<name#key>', 'one key of a JSON secret, like \'prod/db#password\'; nested keys are divided by "/"')
      .option('--key <key>', 'the key, instead of writing it behind the name')
      .option('--json', 'the value is JSON: a number, true, null, a list, an object, a string in quotes')
      .addHelpText('after', explanation),

  async run(context, [name], options) {
    const { where, id, key } = oneKey(
      parseSecret(name!, options),
      name!,
      'to replace the whole value: "latchkey secret put ID"',
    );
    const { secretsManager } = await context.clients(where);
    const bytes = await readOrGenerate(context, secretsManager, options, {
      question: `New value of "${key}" in secret "${id}"`,
    });
    const text = utf8(bytes);
    if (text === undefined) throw new UserError('usage', 'the value is not UTF-8 text, and JSON holds only text');
    const { json, version } = await explainDeletion(secretsManager, id, readJson(secretsManager, id));
    const edited = setKey(json, key, asJson(text, { key, isJson: options.json, old: jsonAt(json, key) }));
    const value = secretValue(Buffer.from(edited));
    const added = await replaceCurrent(secretsManager, { id, value, expected: version });
    await context.terminal.write(`${added}\n`);
    context.terminal.remark(`changed "${key}" of secret "${id}"`);
  },
};
