import type { PutParameterRequest, Ssm } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import { addValueOptions, readValue, type ValueOptions } from '../../input/value.ts';
import { readTags } from '../read-tags.ts';
import { addTagOption, type Tag } from '../tags.ts';
import type { Verb } from '../verb.ts';
import { warnOfChoice } from '../which-service.ts';
import { labelNew, requireLabels } from './labels.ts';
import { needsAdvanced, parameterValue, type Tier, tiers } from './parameter-value.ts';
import { addPolicyOptions, type PolicyOptions, policiesOf } from './policies.ts';
import { overwrite, putParameter, replace } from './store.ts';
import { wholeParameter } from './whole.ts';

interface Options extends ValueOptions, PolicyOptions {
  type?: 'String' | 'StringList' | 'SecureString';
  tier?: Tier;
  kmsKey?: string;
  description?: string;
  tag?: Tag[];
  label?: string[];
  dataType?: string;
  allowedPattern?: string;
  createOnly?: boolean;
  ifVersion?: number;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addPolicyOptions(addTagOption(addValueOptions(command)))
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
      .option(
        '--label <label>',
        'a label for the new version; again for more',
        (label: string, before: string[] = []) => [...before, label],
      )
      .option('--data-type <type>', 'text, aws:ec2:image or aws:ssm:integration')
      .option('--allowed-pattern <pattern>', 'a regular expression that values must match')
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
    requireLabels(options.label ?? []);
    readTags(options.tag ?? []);
    const { ssm } = await context.clients(where);
    const bytes = await readValue(context, options, { question: `Value of parameter "${name}"` });
    const policies = policiesOf(options);
    const tier = options.tier ?? (policies ? 'advanced' : undefined);
    const value = parameterValue(bytes, tier);
    const version = await put(ssm, { name, value }, { ...options, tier, policies });
    await context.terminal.write(`${version}\n`);
    if (options.label) await labelNew(ssm, name, version, options.label);
    warnOfChoice(context.terminal, { kind: 'param', name, text: value, type: options.type });
    if (tier === 'advanced' || (tier === 'auto' && (policies || needsAdvanced(value))))
      context.terminal.remark('in the Advanced tier, for $0.05 a month');
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
async function put(ssm: Ssm, { name, value }: Write, options: Options & { policies?: string }): Promise<number> {
  const request: PutParameterRequest = {
    Name: name,
    Value: value,
    Type: options.type,
    Tier: options.tier && tiers[options.tier].name,
    KeyId: options.kmsKey,
    Description: options.description,
    Policies: options.policies,
    DataType: options.dataType,
    AllowedPattern: options.allowedPattern,
  };
  if (options.ifVersion !== undefined)
    return replace(ssm, request, { ifVersion: options.ifVersion, tags: options.tag });
  try {
    const Type = options.type ?? 'SecureString';
    return (await putParameter(ssm, { ...request, Type, Tags: options.tag })).Version!;
  } catch (error) {
    if ((error as Error).name !== 'ParameterAlreadyExists') throw error;
    if (!options.createOnly) return overwrite(ssm, request, options.tag);
    throw new UserError('conflict', `parameter "${name}" exists already`, {
      hints: ['nothing was changed; to write over it leave out --create-only'],
      cause: error,
    });
  }
}
