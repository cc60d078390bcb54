import type { KeyMetadata, Kms } from '../../aws/services.ts';
import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Verb } from '../verb.ts';
import { everyAlias, everyKey } from './pages.ts';
import { regionsOf } from './regions.ts';

const words = `
Each key is described, as far as you may: that is a call for each.

Examples:
  latchkey key list
  latchkey key list --query "[?KeyUsage=='SIGN_VERIFY'].Aliases[]" --output text`;

export const verb: Verb<ListOptions> = {
  words: (command) => addListOptions(command).addHelpText('after', words),

  async run(context, _args, options) {
    const { kms } = await context.clients();
    const [keys, aliases] = await Promise.all([everyKey(kms, context.terminal), everyAlias(kms, context.terminal)]);
    const aliasesOf = (KeyId?: string) => aliases.filter((a) => a.TargetKeyId === KeyId).map((a) => a.AliasName);
    const items = await sideBySide(keys, async (key) => {
      const metadata = await describe(kms, key.KeyId!);
      const Regions = metadata && regionsOf(metadata);
      return { ...key, Aliases: aliasesOf(key.KeyId), ...metadata, CustomerMasterKeySpec: undefined, Regions };
    });
    const some = (['ValidTo', 'Regions'] as const).filter((name) => items.some((item) => item[name] !== undefined));
    const columns = ['KeyId', 'Aliases', 'KeySpec', 'KeyUsage', 'Origin', 'KeyState', ...some];
    await writeList(context.terminal, { columns, items }, options);
  },
};

/** Undefined for a key that its policy hides, and for one that has gone meanwhile. */
const describe = (kms: Kms, KeyId: string): Promise<Partial<KeyMetadata> | undefined> =>
  kms.describeKey({ KeyId }).then(
    ({ KeyMetadata }) => KeyMetadata,
    (error: Error) => {
      if (!/AccessDenied|NotFound/.test(error.name)) throw error;
      return undefined;
    },
  );
