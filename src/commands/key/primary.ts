import { UserError } from '../../errors.ts';
import type { Verb } from '../verb.ts';
import { findKey } from './find-key.ts';

const words = `
The replica there becomes the primary key, and the primary one a replica. Both go on working meanwhile.

Example:
  latchkey key primary alias/app eu-west-1`;

export const verb: Verb = {
  words: (command) =>
    command
      .argument('<key>', 'a multi-Region key, the primary one: alias/NAME, id or ARN')
      .argument('<region>', 'the Region that is to have the primary key; it has a replica')
      .addHelpText('after', words),

  async run(context, [text, region]) {
    const { kms, id, said, metadata } = await findKey(context, text!);
    const { PrimaryKey, ReplicaKeys = [] } = metadata.MultiRegionConfiguration ?? {};
    if (PrimaryKey?.Region === region) {
      context.terminal.remark(`${said} is the primary key already`);
      return;
    }
    if (PrimaryKey && !ReplicaKeys.some(({ Region }) => Region === region)) {
      throw new UserError('not-found', `${said} has no replica in "${region}"`, {
        hints: [`make one: "latchkey key replicate ${text} --to ${region}"`],
      });
    }
    await kms.updatePrimaryRegion({ KeyId: id, PrimaryRegion: region });
    context.terminal.remark(`the primary key of "${id}" is in ${region} now`);
  },
};
