import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { checkTogether, expirationOf, readPolicies } from './policies.ts';
import type { ParameterRow, VersionRow } from './rows.ts';
import type { Tag } from './tags.ts';

/** What PutParameter may ask for. */
interface PutInput {
  Name: string;
  Value: string;
  Type?: VersionRow['type'];
  KeyId?: string;
  Description?: string;
  AllowedPattern?: string;
  Tags?: Tag[];
  Tier?: string;
  Policies?: string;
  DataType?: string;
  Overwrite?: boolean;
}

/** The same, checked, with what goes without saying filled in. */
export interface Put extends PutInput {
  Type: VersionRow['type'];
  DataType: string;
  /** Of a SecureString the key it is sealed under, else null. */
  keyId: string | null;
  /** When its policies end it, in milliseconds since 1970; null: never. */
  expires: number | null;
}

const dataTypes = ['text', 'aws:ec2:image', 'aws:ssm:integration'];
const managedKey = 'alias/aws/ssm';

const refused = (message: string) => new ApiError('ValidationException', message);

/** Throws AWS's refusal of what does not go together, or not with the parameter there is. */
export function checkPut(call: Call, input: PutInput, before: ParameterRow | undefined): Put {
  const { Tags = [], Overwrite, Type = before?.type, DataType = before?.data_type ?? 'text', KeyId } = input;
  if (Tags.length > 0 && Overwrite) {
    throw refused(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  }
  if (!Type) throw refused('A parameter type is required when you create a parameter.');
  if (before && Type !== before.type) throw typeMismatch();
  if (KeyId && Type !== 'SecureString') throw refused('KeyId is required for SecureString type parameter only.');
  if (!dataTypes.includes(DataType)) {
    throw refused(`The following data type is not supported: ${DataType} (Data type names are all lowercase.)`);
  }
  checkDataType(input, Type, DataType);
  checkValue(input);
  const Policies = input.Policies ?? before?.policies ?? undefined;
  const policies = readPolicies(Policies);
  checkTogether(policies, call.now);
  const keyId = Type === 'SecureString' ? (KeyId ?? managedKey) : null;
  return {
    ...{ ...input, Type, DataType, keyId },
    Policies: policies.length > 0 ? Policies : undefined,
    expires: expirationOf(policies),
  };
}

const webhooks = '/d9d01087-4a3f-49e0-b0b4-d568d7826553/ssm/integrations/webhook/';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-ec2-aliases.html, and integrations */
function checkDataType({ Name, Value }: PutInput, type: string, dataType: string): void {
  if (dataType === 'aws:ec2:image' && (type !== 'String' || !/^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(Value))) {
    throw refused(
      'A parameter of the data type aws:ec2:image is a String that holds the id of an Amazon Machine Image.',
    );
  }
  if (dataType === 'aws:ssm:integration' && (type !== 'SecureString' || !Name.startsWith(webhooks))) {
    throw refused(
      `A parameter of the data type aws:ssm:integration is a SecureString whose name begins with ${webhooks}.`,
    );
  }
}

function typeMismatch(): ApiError {
  return new ApiError(
    'HierarchyTypeMismatchException',
    "Parameter Store does not support changing a parameter type in a hierarchy. For example, you can't change a parameter from a String type to a SecureString type. You must create a new, unique parameter.",
  );
}

function checkValue({ Value, AllowedPattern }: PutInput): void {
  if (/\{\{.*\}\}/s.test(Value))
    throw refused('Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.');
  if (!AllowedPattern) return;
  if (!compile(AllowedPattern).test(Value)) {
    throw new ApiError(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against the allowed pattern: ${AllowedPattern}`,
    );
  }
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    throw new ApiError('InvalidAllowedPatternException', `The allowed pattern is not a regular expression: ${pattern}`);
  }
}

/** Bytes of UTF-8 that each tier holds. */
const sizes = { Standard: 4096, Advanced: 8192 };

/** The tier a value goes to. Advanced has no way back, and Intelligent-Tiering takes it only where it must. */
export function tierOf({ Value, Tier, Policies }: PutInput, before: ParameterRow | undefined): VersionRow['tier'] {
  const size = Buffer.byteLength(Value);
  if (before?.tier === 'Advanced' && Tier === 'Standard') {
    throw refused(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter. Be aware that a standard parameter has a maximum size limit of 4 KB.",
    );
  }
  const needsAdvanced = Tier === 'Intelligent-Tiering' && (size > sizes.Standard || Policies !== undefined);
  const tier = Tier === 'Advanced' || before?.tier === 'Advanced' || needsAdvanced ? 'Advanced' : 'Standard';
  if (Policies && tier === 'Standard') throw refused('Parameter policies are supported only by advanced parameters.');
  if (size > sizes[tier]) throw refused(tooLarge[tier]);
  return tier;
}

const tooLarge = {
  Standard:
    'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html',
  Advanced: 'Advanced tier parameters support a maximum parameter value of 8192 characters.',
};
