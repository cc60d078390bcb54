import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { getSecretValue } from '../secretsmanager/get-secret-value.ts';

/*
 * A secret, read as though it were a parameter.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
 */
const prefix = '/aws/reference/secretsmanager/';

export const isSecretReference = (name: string): boolean => name.startsWith(prefix);

interface SecretValue {
  ARN: string;
  SecretString?: string;
  SecretBinary?: Uint8Array;
  CreatedDate: Date;
}

/** The secret behind the name, or one version of it: `:` and the version's id or a staging label stand behind. */
export function secretParameter(call: Call, name: string, decrypt: boolean | undefined) {
  if (!decrypt) {
    throw new ApiError(
      'ValidationException',
      'WithDecryption flag must be True for retrieving a Secret Manager secret.',
    );
  }
  const [, secretId = '', selector] = /^([^:]+)(?::(.+))?$/.exec(name.slice(prefix.length)) ?? [];
  const value = read(call, name, { SecretId: secretId, ...versionOf(selector) });
  const { SecretString, SecretBinary, CreatedDate, ARN } = value;
  return {
    Name: name,
    Type: 'SecureString',
    Value: SecretString ?? Buffer.from(SecretBinary!).toString('base64'),
    Version: 0,
    Selector: selector === undefined ? undefined : `:${selector}`,
    SourceResult: JSON.stringify({ ...value, CreatedDate: CreatedDate.getTime() / 1000 }),
    LastModifiedDate: CreatedDate,
    ARN,
    DataType: 'text',
  };
}

/** Version ids have 32 characters or more. */
const versionOf = (selector: string | undefined) =>
  selector === undefined ? {} : selector.length >= 32 ? { VersionId: selector } : { VersionStage: selector };

function read(call: Call, name: string, input: object): SecretValue {
  try {
    return getSecretValue.run(call, input) as SecretValue;
  } catch (error) {
    if (!(error instanceof ApiError) || error.type !== 'ResourceNotFoundException') throw error;
    throw new ApiError(
      'ParameterNotFound',
      `An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret ${name} not found.`,
    );
  }
}
