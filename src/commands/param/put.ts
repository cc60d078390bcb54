import type { PutParameterRequest, Ssm } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import { addValueOptions, readValue, type ValueOptions } from '../../input/value.ts';
import { addTagOption, type Tag } from '../tags.ts';
import type { Verb } from '../verb.ts';
import { parameterValue, type Tier, tiers } from './parameter-value.ts';
import { wholeParameter } from './whole.ts';

interface Options extends ValueOptions {
  type?: 'String' | 'StringList' | 'SecureString';
  tier?: Tier;
  kmsKey?: string;
  description?: string;
  tag?: Tag[];
  createOnly?: boolean;
  ifVersion?: number;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addTagOption(addValueOptions(command))
      .argument('<name>', 'name of a parameter, like /prod/app/url; created where there is none')
      .addOption(
        command
          .createOption('--type <type>', 'of a new parameter (default: SecureString); an old one keeps its own')
          .choices(['String', 'StringList', 'SecureString']),
      )
      .addOption(
        command
          .createOption('--tier <tier>', 'standard holds 4 KB, advanced 8 KB, auto takes what is needed')
          .choices(Object.keys(tiers)),
      )
      .option('--kms-key <key>', 'the key that encrypts a SecureString (default: alias/aws/ssm)')
      .option('--description <text>', 'what it is for')
      .option('--create-only', 'only if there is none of this name; else nothing changes, exit 5')
      .addOption(
        command
          .createOption('--if-version <number>', 'only if this version is still the newest; else exit 5')
          .conflicts('createOnly')
          .argParser(readVersion),
      )
      .addHelpText(
        'after',
        '\nPrints the new version.\n\nExample:\n  latchkey param put /prod/app/url --type String < url.txt',
      ),

  async run(context, [text], options) {
    const { where, name } = wholeParameter(text!);
    const { ssm } = await context.clients(where);
    const bytes = await readValue(context, options, { question: `Value of parameter "${name}"` });
    const version = await put(ssm, { name, value: parameterValue(bytes, options.tier) }, options);
    await context.terminal.write(`${version}\n`);
    context.terminal.remark(`stored version ${version} of parameter "${name}"`);
  },
};

function readVersion(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new UserError('usage', `--if-version expects the number of a version, got "${text}"`);
}

interface Write {
  name: string;
  value: string;
}

/** Stores it and its tags, and returns the new version: as a new parameter, and where there is one already, over it. */
async function put(ssm: Ssm, { name, value }: Write, options: Options): Promise<number> {
  const request: PutParameterRequest = {
    Name: name,
    Value: value,
    Type: options.type,
    Tier: options.tier && tiers[options.tier].name,
    KeyId: options.kmsKey,
    Description: options.description,
  };
  if (options.ifVersion !== undefined) return replace(ssm, request, { ...options, ifVersion: options.ifVersion });
  try {
    return (await ssm.putParameter({ ...request, Type: options.type ?? 'SecureString', Tags: options.tag })).Version!;
  } catch (error) {
    if ((error as Error).name !== 'ParameterAlreadyExists') throw error;
    if (!options.createOnly) return overwrite(ssm, request, options);
    throw new UserError('conflict', `parameter "${name}" exists already`, {
      hints: ['nothing was changed; to write over it leave out --create-only'],
      cause: error,
    });
  }
}

/** AWS refuses tags together with overwriting, and keeps the old type where the request names none. */
async function overwrite(ssm: Ssm, request: PutParameterRequest, { tag }: Options): Promise<number> {
  const { Version } = await ssm.putParameter({ ...request, Overwrite: true });
  if (!tag) return Version!;
  const tagging = { ResourceType: 'Parameter', ResourceId: request.Name, Tags: tag } as const;
  await ssm.addTagsToResource(tagging).catch((cause: Error) => {
    const message = `version ${Version} of parameter "${request.Name}" is stored, but not its tags: ${cause.message}`;
    throw new UserError('partial', message, { cause });
  });
  return Version!;
}

/** There is no compare and set here: most lost races are seen before the write, the others only by its version. */
async function replace(
  ssm: Ssm,
  request: PutParameterRequest,
  options: Options & { ifVersion: number },
): Promise<number> {
  const { Parameter } = await ssm.getParameter({ Name: request.Name });
  const { ifVersion } = options;
  if (Parameter?.Version !== ifVersion) {
    const message = `parameter "${request.Name}" has moved on: expected version ${ifVersion}, and it is at ${Parameter?.Version}`;
    throw new UserError('conflict', message, {
      hints: [`nothing was changed; see "latchkey param history ${request.Name}"`],
    });
  }
  const version = await overwrite(ssm, request, options);
  if (version === ifVersion + 1) return version;
  const message = `parameter "${request.Name}" was written by someone else meanwhile: this is version ${version}, expected ${ifVersion + 1}`;
  throw new UserError('conflict', message, {
    hints: [`this value is the current one now; see theirs with "latchkey param get ${request.Name}:${version - 1}"`],
  });
}
