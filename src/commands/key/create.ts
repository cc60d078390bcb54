import type { Kms } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import { addTagOption, type Tag } from '../tags.ts';
import type { Verb } from '../verb.ts';
import { aliasName } from './alias/name.ts';

interface Options {
  alias?: string;
  description?: string;
  tag?: Tag[];
}

export const verb: Verb<Options> = {
  words: (command) =>
    addTagOption(command)
      .option('--alias <name>', 'a name for it, like app or alias/app')
      .option('--description <text>', 'what it is for')
      .addHelpText('after', '\nPrints the ARN. The key is symmetric.\n\nExample:\n  latchkey key create --alias app'),

  async run(context, _args, options) {
    const alias = options.alias === undefined ? undefined : aliasName(options.alias);
    const { kms } = await context.clients();
    if (alias) await requireFree(kms, alias);
    const { KeyMetadata } = await kms.createKey({
      Description: options.description,
      Tags: options.tag?.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value })),
    });
    const { Arn, KeyId } = KeyMetadata!;
    await context.terminal.write(`${Arn}\n`);
    if (alias) await nameKey(kms, { alias, id: KeyId! });
    context.terminal.remark(`created key "${KeyId}"${alias ? ` as "${alias}"` : ''}`);
  },
};

/** Before there is a key: one that cannot be given its name would have to wait a week for its deletion. */
async function requireFree(kms: Kms, alias: string): Promise<void> {
  const found = await kms.describeKey({ KeyId: alias }).catch(() => undefined);
  if (!found) return;
  throw new UserError('conflict', `"${alias}" names a key already: "${found.KeyMetadata?.KeyId}"`, {
    hints: ['nothing was created; to point it to another key: "latchkey key alias set"'],
  });
}

async function nameKey(kms: Kms, { alias, id }: { alias: string; id: string }): Promise<void> {
  try {
    await kms.createAlias({ AliasName: alias, TargetKeyId: id });
  } catch (cause) {
    throw new UserError('partial', `key "${id}" is created, but not its alias: ${(cause as Error).message}`, {
      hints: [`latchkey key alias set ${alias} ${id}`],
      cause,
    });
  }
}
