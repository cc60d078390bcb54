import { UserError } from '../../../errors.ts';
import type { Verb } from '../../verb.ts';
import { holderOf } from '../versions-of.ts';
import { wholeSecret } from '../whole.ts';

export const verb: Verb = {
  words: (command) =>
    command
      .argument('<name>', 'name or ARN of a secret')
      .argument('<stage>', 'a stage of your own, or AWSPENDING')
      .addHelpText(
        'after',
        '\nA version that has no stage left goes in time.\n\nExample:\n  latchkey secret stage remove prod/db BLUE',
      ),

  async run(context, [name, stage]) {
    const { where, id } = wholeSecret(name!);
    const { secretsManager } = await context.clients(where);
    const holder = await holderOf(secretsManager, id, stage!);
    if (!holder) throw new UserError('not-found', `no version of secret "${id}" has stage "${stage}"`);
    await secretsManager.updateSecretVersionStage({ SecretId: id, VersionStage: stage, RemoveFromVersionId: holder });
    context.terminal.remark(`version ${holder} of secret "${id}" no longer has stage "${stage}"`);
  },
};
