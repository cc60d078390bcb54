import { UserError } from '../../errors.ts';
import { parseSecret } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { addCarryOptions, type CarryOptions, carry } from './copy/carry.ts';

const words = `
Takes along the versions that have a stage, under their ids, the description and the tags. Its policy, rotation and
replicas stay behind, and the plan says so. Over a secret that is there goes only the current value. Prints the ARN.

Examples:
  latchkey secret copy prod/db staging/db
  latchkey secret copy prod/db region=eu-west-1:
  latchkey secret copy profile=prod:prod/db vault:prod/db
  latchkey secret copy prod/db:AWSPREVIOUS prod/db-before`;

export const verb: Verb<CarryOptions> = {
  words: (command) =>
    addCarryOptions(command)
      .argument(
        '<source>',
        'a secret, or one version of it, perhaps behind its place: vault:, profile=NAME:, region=NAME:',
      )
      .argument('<target>', 'the new name, perhaps behind its place; the place alone keeps the name')
      .addHelpText('after', words),

  async run(context, [source, target], options) {
    const from = parseSecret(source!);
    if (from.key !== undefined) {
      throw new UserError('usage', `expected a secret or one version of it, got one key: "${source}"`, {
        hints: [`to store one key elsewhere: latchkey secret get '${source}' | latchkey secret create ${target}`],
      });
    }
    await carry(context, { from, to: target! }, options);
    return undefined;
  },
};
