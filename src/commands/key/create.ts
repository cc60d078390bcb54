import type { KeySpec, KeyUsageType, Kms } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { addTagOption, type Tag } from '../tags.ts';
import type { Verb } from '../verb.ts';
import { aliasName } from './alias/name.ts';
import { readSpec, usageFor, usages } from './kinds.ts';

interface Options {
  alias?: string;
  description?: string;
  tag?: Tag[];
  spec?: KeySpec;
  usage?: KeyUsageType;
  external?: boolean;
  multiRegion?: boolean;
}

const words = `
Prints the ARN. A key is symmetric and encrypts, unless --spec says another kind:
  SYMMETRIC_DEFAULT                              encrypts
  HMAC_224, _256, _384, _512                     makes MACs
  RSA_2048, _3072, _4096                         signs or encrypts: --usage says which
  ECC_NIST_P256, _P384, _P521                    signs or agrees on secrets: --usage says which
  ECC_NIST_EDWARDS25519, ECC_SECG_P256K1         signs
  ML_DSA_44, _65, _87; ML_KEM_512, _768, _1024   signs; encapsulates (not in a vault)
  SM2                                            in China alone

Examples:
  latchkey key create --alias app
  latchkey key create --alias release --spec RSA_3072 --usage SIGN_VERIFY
  latchkey key create --alias mine --external    # then: latchkey key import alias/mine FILE`;

export const verb: Verb<Options> = {
  words: (command) =>
    addTagOption(command)
      .option('--alias <name>', 'a name for it, like app or alias/app')
      .option('--description <text>', 'what it is for')
      .option('--spec <spec>', 'the kind of key, as below (default: SYMMETRIC_DEFAULT)', readSpec)
      .addOption(
        command.createOption('--usage <usage>', 'what it is for, where its spec leaves a choice').choices(usages),
      )
      .option('--external', 'it gets its material from you: "key import"')
      .option('--multi-region', 'it may have replicas in other Regions: "key replicate"')
      .addHelpText('after', words),

  async run(context, _args, options) {
    const alias = options.alias === undefined ? undefined : aliasName(options.alias);
    const kind = kindOf(options);
    const { kms } = await context.clients();
    if (alias) await requireFree(kms, alias);
    const { KeyMetadata } = await kms.createKey({
      Description: options.description,
      Tags: options.tag?.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value })),
      ...kind,
    });
    const { Arn, KeyId } = KeyMetadata!;
    await context.terminal.write(`${Arn}\n`);
    if (alias) await nameKey(kms, { alias, id: KeyId! });
    sayCreated(context, options, { id: KeyId!, alias });
  },
};

/** A plain key is asked for as ever, so that whatever speaks like AWS of old makes it. */
function kindOf({ spec, usage, external, multiRegion }: Options) {
  const plain = spec === undefined && usage === undefined;
  return {
    ...(plain ? {} : { KeySpec: spec, KeyUsage: usageFor(spec ?? 'SYMMETRIC_DEFAULT', usage) }),
    ...(external ? { Origin: 'EXTERNAL' as const } : {}),
    ...(multiRegion ? { MultiRegion: true } : {}),
  };
}

function sayCreated({ terminal }: Context, { external }: Options, { id, alias }: { id: string; alias?: string }): void {
  terminal.remark(`created key "${id}"${alias ? ` as "${alias}"` : ''}`);
  if (external) terminal.remark(`it waits for its material: "latchkey key import ${alias ?? id} FILE"`);
}

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
