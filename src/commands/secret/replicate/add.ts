import type { Verb } from '../../verb.ts';
import { wholeSecret } from '../whole.ts';
import { readRegions } from './regions.ts';
import { report } from './report.ts';

interface Options {
  overwrite?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .argument('<name>', 'name or ARN of a secret')
      .argument('<region...>', 'a Region, or REGION=KEY for a key of that Region')
      .option('--overwrite', 'in the place of a secret of the same name there')
      .addHelpText('after', '\nExample:\n  latchkey secret replicate add prod/db eu-west-1 us-west-2=alias/app'),

  async run(context, [name, ...regions], { overwrite }) {
    const { where, id } = wholeSecret(name!);
    const AddReplicaRegions = readRegions(regions);
    const { secretsManager } = await context.clients(where);
    const answer = await secretsManager.replicateSecretToRegions({
      ...{ SecretId: id, AddReplicaRegions },
      ForceOverwriteReplicaSecret: overwrite,
    });
    report(context.terminal, id, answer.ReplicationStatus);
  },
};
