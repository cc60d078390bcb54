import { UserError } from '../../errors.ts';
import { addValueOptions, readValue, type ValueOptions } from '../../input/value.ts';
import { addTagOption, type Tag } from '../tags.ts';
import type { Verb } from '../verb.ts';
import { explainDeletion } from './deletion.ts';
import { secretValue } from './secret-value.ts';
import { wholeSecret } from './whole.ts';

interface Options extends ValueOptions {
  description?: string;
  kmsKey?: string;
  tag?: Tag[];
  binary?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addTagOption(addValueOptions(command))
      .argument('<name>', "the new secret's name, like prod/db")
      .option('--description <text>', 'what it is for')
      .option('--kms-key <key>', 'the key that encrypts it (default: alias/aws/secretsmanager)')
      .option('--binary', 'store it as binary even where it is text; what is not UTF-8 always is')
      .addHelpText('after', '\nPrints the ARN.\n\nExample:\n  latchkey secret create prod/db --value-file db.json'),

  async run(context, [name], options) {
    const { where, id } = wholeSecret(name!);
    if (id.startsWith('arn:')) throw new UserError('usage', `a new secret takes a name, got an ARN: "${id}"`);
    const { secretsManager } = await context.clients(where);
    const bytes = await readValue(context, options, { question: `Value of the new secret "${id}"` });
    const creation = secretsManager.createSecret({
      Name: id,
      ...secretValue(bytes, options.binary),
      Description: options.description,
      KmsKeyId: options.kmsKey,
      Tags: options.tag,
    });
    const { ARN } = await explainDeletion(secretsManager, id, creation);
    await context.terminal.write(`${ARN}\n`);
    context.terminal.remark(`created secret "${id}"`);
  },
};
