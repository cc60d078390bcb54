import type { Verb } from '../../verb.ts';
import { explainDeletion } from '../deletion.ts';
import { holderOf, versionOf } from '../versions-of.ts';
import { wholeSecret } from '../whole.ts';

interface Options {
  to: string;
}

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .argument('<name>', 'name or ARN of a secret')
      .argument('<stage>', 'the stage: one of your own, or AWSCURRENT')
      .requiredOption('--to <version>', 'the version that is to have it, by its id or another stage')
      .addHelpText('after', '\nExample:\n  latchkey secret stage move prod/db BLUE --to AWSCURRENT'),

  async run(context, [name, stage], { to }) {
    const { where, id } = wholeSecret(name!);
    const { secretsManager } = await context.clients(where);
    const target = await versionOf(secretsManager, id, to);
    const holder = await holderOf(secretsManager, id, stage!);
    if (holder !== target) {
      const move = { SecretId: id, VersionStage: stage, MoveToVersionId: target, RemoveFromVersionId: holder };
      await explainDeletion(secretsManager, id, secretsManager.updateSecretVersionStage(move));
    }
    context.terminal.remark(`version ${target} of secret "${id}" has stage "${stage}"`);
  },
};
