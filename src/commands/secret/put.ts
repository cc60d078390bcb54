import { addValueOptions, type ValueOptions } from '../../input/value.ts';
import type { Verb } from '../verb.ts';
import { warnOfChoice } from '../which-service.ts';
import { explainDeletion } from './deletion.ts';
import { addGenerateOption, neverEmpty, readOrGenerate } from './new-value.ts';
import { addPasswordOptions, type PasswordOptions } from './password.ts';
import { replaceCurrent } from './replace-current.ts';
import { secretValue } from './secret-value.ts';
import { wholeSecret } from './whole.ts';

interface Options extends ValueOptions, PasswordOptions {
  generate?: boolean;
  stage?: string[];
  ifVersion?: string;
  binary?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addPasswordOptions(addGenerateOption(addValueOptions(command)))
      .argument('<name>', 'name or ARN of a secret')
      .option('--stage <stage>', 'give the new version this stage; again for more (default: AWSCURRENT)', gather)
      .addOption(
        command
          .createOption('--if-version <id>', 'only if this version is still current; else nothing changes, exit 5')
          .conflicts('stage'),
      )
      .option('--binary', 'store it as binary even where it is text; what is not UTF-8 always is')
      .addHelpText(
        'after',
        "\nPrints the new version's id.\n\nExample:\n  latchkey secret put prod/db --value-file db.json",
      ),

  async run(context, [name], options) {
    const { where, id } = wholeSecret(name!, [`to edit one key: latchkey secret set '${name}'`]);
    const { secretsManager } = await context.clients(where);
    const bytes = await readOrGenerate(context, secretsManager, options, {
      question: `New value of secret "${id}"`,
      neverEmpty,
    });
    const value = secretValue(bytes, options.binary);
    const version = await explainDeletion(secretsManager, id, put());
    await context.terminal.write(`${version}\n`);
    if (!options.generate) {
      warnOfChoice(context.terminal, { kind: 'secret', name: id, text: Buffer.from(bytes).toString() });
    }
    context.terminal.remark(`stored a new version of secret "${id}"`);

    async function put(): Promise<string> {
      if (options.ifVersion !== undefined) {
        return replaceCurrent(secretsManager, { id, value, expected: options.ifVersion });
      }
      return (await secretsManager.putSecretValue({ SecretId: id, ...value, VersionStages: options.stage })).VersionId!;
    }
  },
};

const gather = (stage: string, before: string[] = []) => [...before, stage];
