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
stored. JSON is to stay JSON. At a terminal, what cannot be stored can be edited again, and so it can when somebody else
stores a version meanwhile, with theirs in a file beside it. Else nothing is changed then, and the exit code is 5.
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
    const read = async () => {
      const there = await explainDeletion(secretsManager, id, readWhole(secretsManager, id));
      return { text: key === undefined ? there.whole : readKey(there.whole, { key }), ...there };
    };
    const store = async (edited: string, { whole, version }: Awaited<ReturnType<typeof read>>) => {
      const old = key === undefined ? undefined : jsonAt(whole, key);
      const text = key === undefined ? edited : setKey(whole, key, asJson(edited, { key, old }));
      return replaceCurrent(secretsManager, { id, value: secretValue(Buffer.from(text)), expected: version });
    };
    const added = await editText(context, { read, store });
    if (added === undefined) return void context.terminal.remark('nothing was changed');
    await context.terminal.write(`${added}\n`);
    context.terminal.remark(`stored a new version of secret "${id}"`);
  },
};

async function readWhole(client: SecretsManager, id: string): Promise<{ whole: string; version: string }> {
  const { SecretString, VersionId } = await client.getSecretValue({ SecretId: id, VersionStage: 'AWSCURRENT' });
  if (SecretString !== undefined) return { whole: SecretString, version: VersionId! };
  throw new UserError('usage', `secret "${id}" is binary, which no editor can show`, {
    hints: [`to store another value: "latchkey secret put ${id} --value-file FILE"`],
  });
}
