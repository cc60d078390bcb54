import type { SecretsManager } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import { editText } from '../../input/editor.ts';
import { jsonAt, readKey, setKey } from '../../reference/json-pointer.ts';
import { parseSecret } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { explainDeletion } from './deletion.ts';
import { asJson } from './json-value.ts';
import { current } from './one-key.ts';
import { replaceCurrent } from './replace-current.ts';
import { secretValue } from './secret-value.ts';

interface Options {
  key?: string;
}

const words = `
Opens the value in $VISUAL or $EDITOR, and prints the id of the version that it stores. Left as it was, nothing is
stored. JSON is to stay JSON. When somebody else stores a version meanwhile, nothing is changed and the exit code is 5.
While the editor runs, the value is in a file that only you can read; what the editor itself keeps (swap and undo files,
registers) is the editor's to say.

Example:
  EDITOR='code --wait' latchkey secret edit prod/db`;

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .argument('<name>', "name or ARN of a secret, or one key of it: 'prod/db#password'")
      .option('--key <key>', 'the key, instead of writing it behind the name')
      .addHelpText('after', words),

  async run(context, [name], options) {
    const { where, id, key } = current(parseSecret(name!, options), name!);
    const { secretsManager } = await context.clients(where);
    const { text, version } = await explainDeletion(secretsManager, id, readText(secretsManager, id));
    const edited = await editText(context, key === undefined ? text : readKey(text, { key }));
    if (edited === undefined) return void context.terminal.remark('nothing was changed');
    const whole = key === undefined ? edited : setKey(text, key, asJson(edited, { key, old: jsonAt(text, key) }));
    const value = secretValue(Buffer.from(whole));
    const added = await replaceCurrent(secretsManager, { id, value, expected: version });
    await context.terminal.write(`${added}\n`);
    context.terminal.remark(`stored a new version of secret "${id}"`);
  },
};

async function readText(client: SecretsManager, id: string): Promise<{ text: string; version: string }> {
  const { SecretString, VersionId } = await client.getSecretValue({ SecretId: id, VersionStage: 'AWSCURRENT' });
  if (SecretString !== undefined) return { text: SecretString, version: VersionId! };
  throw new UserError('usage', `secret "${id}" is binary, which no editor can show`, {
    hints: [`to store another value: "latchkey secret put ${id} --value-file FILE"`],
  });
}
