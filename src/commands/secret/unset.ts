import { removeKey } from '../../reference/json-pointer.ts';
import { parseSecret } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { explainDeletion } from './deletion.ts';
import { oneKey, readJson } from './one-key.ts';
import { replaceCurrent } from './replace-current.ts';
import { secretValue } from './secret-value.ts';

interface Options {
  key?: string;
}

const words = `
Prints the new version's id. All other keys stay to the letter. When somebody else stores a version meanwhile, nothing
is changed and the exit code is 5. The version before has the key still: "latchkey secret rollback" brings it back.

Example:
  latchkey secret unset 'prod/db#options/pool'`;

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .argument('<name#key>', 'one key of a JSON secret, like \'prod/db#password\'; nested keys are divided by "/"')
      .option('--key <key>', 'the key, instead of writing it behind the name')
      .addHelpText('after', words),

  async run(context, [name], options) {
    const whole = 'to delete the whole secret: "latchkey secret delete ID"';
    const { where, id, key } = oneKey(parseSecret(name!, options), name!, whole);
    const { secretsManager } = await context.clients(where);
    const { json, version } = await explainDeletion(secretsManager, id, readJson(secretsManager, id));
    const value = secretValue(Buffer.from(removeKey(json, key)));
    const added = await replaceCurrent(secretsManager, { id, value, expected: version });
    await context.terminal.write(`${added}\n`);
    context.terminal.remark(`removed "${key}" from secret "${id}"`);
  },
};
