import { addTagOption, type Tag } from '../tags.ts';
import type { Verb } from '../verb.ts';
import { findKey } from './find-key.ts';

interface Options {
  to: string;
  description?: string;
  tag?: Tag[];
}

const words = `
Of a key that was made with --multi-region: what one of them encrypts or signs, each of them decrypts or verifies. Prints
the ARN of the replica. Its description, tags, policy and aliases are its own.

Example:
  latchkey key replicate alias/app --to eu-west-1`;

export const verb: Verb<Options> = {
  words: (command) =>
    addTagOption(command)
      .argument('<key>', 'a multi-Region key, the primary one: alias/NAME, id or ARN')
      .requiredOption('--to <region>', 'the Region that gets a replica')
      .option('--description <text>', 'what the replica is for')
      .addHelpText('after', words),

  async run(context, [text], { to, description, tag }) {
    const { kms, id, said } = await findKey(context, text!);
    const { ReplicaKeyMetadata } = await kms.replicateKey({
      KeyId: id,
      ReplicaRegion: to,
      Description: description,
      Tags: tag?.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value })),
    });
    await context.terminal.write(`${ReplicaKeyMetadata!.Arn}\n`);
    context.terminal.remark(`${said} has a replica in ${to}`);
    if (ReplicaKeyMetadata!.Origin === 'EXTERNAL')
      context.terminal.remark(`give it the same material: "latchkey key import ${id} FILE --region ${to}"`);
  },
};
