import type { GrantOperation } from '../../../aws/services.ts';
import { addListOptions, type ListOptions, writeRecord } from '../../../output/list.ts';
import type { Verb } from '../../verb.ts';
import { type EncryptionContext, readContext } from '../encryption-context.ts';
import { findKey } from '../find-key.ts';
import { operations, readOperations } from './operations.ts';

interface Options extends ListOptions {
  grantee: string;
  operations: GrantOperation[];
  retiring?: string;
  context?: EncryptionContext;
  contextSubset?: EncryptionContext;
  name?: string;
}

const words = `
A grant lets somebody use the key, without a change to its policy, until it is revoked or retired. Prints its id, and
a token that makes it good at once: elsewhere it may take minutes.

Operations:
  ${operations.slice(0, 7).join(' ')}
  ${operations.slice(7, 13).join(' ')}
  ${operations.slice(13).join(' ')}

Example:
  latchkey key grant create alias/app --grantee arn:aws:iam::123456789012:role/web --operations Decrypt --context app=web`;

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(command)
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .requiredOption('--grantee <arn>', 'who gets it: a user, a role or an account')
      .addOption(
        command
          .createOption('--operations <names>', 'what they may do, with commas between; give it again for more')
          .argParser(readOperations)
          .makeOptionMandatory(),
      )
      .option('--retiring <arn>', 'who may end it, besides the account')
      .option('--context <key=value>', 'only with exactly this encryption context; give it again for more', readContext)
      .addOption(
        command
          .createOption('--context-subset <key=value>', 'only with an encryption context that has this among others')
          .argParser(readContext)
          .conflicts('context'),
      )
      .option('--name <name>', 'a second grant of this name and of the same content is the first one again')
      .addHelpText('after', words),

  async run(context, [text], options) {
    const { kms, id, said } = await findKey(context, text!);
    const { GrantId, GrantToken } = await kms.createGrant({
      KeyId: id,
      GranteePrincipal: options.grantee,
      Operations: options.operations,
      RetiringPrincipal: options.retiring,
      Constraints: constraintsOf(options),
      Name: options.name,
    });
    await writeRecord(context.terminal, { GrantId, GrantToken }, options);
    context.terminal.remark(`granted on ${said}; take it back with "latchkey key grant revoke ${text} ${GrantId}"`);
  },
};

function constraintsOf({ context, contextSubset }: Options) {
  if (context) return { EncryptionContextEquals: context };
  return contextSubset && { EncryptionContextSubset: contextSubset };
}
