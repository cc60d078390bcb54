import type { Context } from '../../context.ts';
import { writeValue } from '../../output/value.ts';
import { readKey } from '../../reference/json-pointer.ts';
import { parseSecret } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { explainDeletion } from './deletion.ts';

interface Options {
  stage?: string;
  versionId?: string;
  key?: string;
  force?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .argument('<name>', "name, ARN or reference, like 'prod/db:AWSPREVIOUS#password'")
      .option('--stage <stage>', 'the version that has this stage (default: AWSCURRENT)')
      .option('--version-id <id>', 'the version with this id')
      .option('--key <key>', 'one key of a JSON value; nested keys are divided by "/"')
      .option('--force', 'print binary to a terminal')
      .addHelpText('after', "\nExample:\n  latchkey secret get 'prod/db#password'"),

  async run(context: Context, [name], options) {
    const reference = parseSecret(name!, options);
    const { secretsManager } = await context.clients(reference.where);
    const reading = secretsManager.getSecretValue({
      SecretId: reference.id,
      VersionId: reference.versionId,
      // The default, said aloud: some stand-ins for AWS take another one.
      VersionStage: reference.stage ?? (reference.versionId ? undefined : 'AWSCURRENT'),
    });
    const answer = await explainDeletion(secretsManager, reference.id, reading);
    const value = answer.SecretBinary ?? answer.SecretString ?? '';
    await writeValue(context.terminal, reference.key === undefined ? value : readKey(value, reference), options);
  },
};
