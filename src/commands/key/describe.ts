import type { KeyMetadata } from '../../aws/services.ts';
import { addListOptions, type ListOptions, writeRecord } from '../../output/list.ts';
import { parseKey } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { regionsOf } from './regions.ts';

export const verb: Verb<ListOptions> = {
  words: (command) =>
    addListOptions(command)
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .addHelpText('after', '\nExample:\n  latchkey key describe alias/app --query KeyState --output text'),

  async run(context, [text], options) {
    const { where, id } = parseKey(text!);
    const { kms } = await context.clients(where);
    const { KeyMetadata } = await kms.describeKey({ KeyId: id });
    await writeRecord(context.terminal, KeyMetadata!, options, readable(KeyMetadata!));
  },
};

/** Without what says the same twice, and Regions in a line. */
const readable = (metadata: KeyMetadata): object => ({
  ...metadata,
  CustomerMasterKeySpec: undefined,
  MultiRegionConfiguration: undefined,
  Regions: regionsOf(metadata),
});
