import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import type { Binding } from '../store/sealing.ts';
import { mostValueBytes } from './members.ts';
import type { SecretRow, VersionRow } from './rows.ts';

/** A secret's value, and which of the two columns it belongs to. */
export interface Value {
  readonly column: 'secret_string' | 'secret_binary';
  readonly bytes: Uint8Array;
}

interface ValueInput {
  SecretString?: string;
  SecretBinary?: Uint8Array;
}

/** The value of a request, if it has one. Throws when it has two, or one of more than 65,536 bytes. */
export function readValue({ SecretString, SecretBinary }: ValueInput): Value | undefined {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw new ApiError(
      'InvalidParameterException',
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  if (SecretBinary !== undefined) return { column: 'secret_binary', bytes: SecretBinary };
  if (SecretString === undefined) return undefined;
  return { column: 'secret_string', bytes: encode(SecretString) };
}

/** The shape has counted UTF-16 code units; what is stored is UTF-8, which may be longer. */
function encode(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  if (bytes.length > mostValueBytes) {
    throw new ApiError(
      'ValidationException',
      `1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length less than or equal to ${mostValueBytes}`,
    );
  }
  return bytes;
}

/** The same members again, for an answer. */
export const membersOf = ({ column, bytes }: Value): ValueInput =>
  column === 'secret_string' ? { SecretString: Buffer.from(bytes).toString() } : { SecretBinary: bytes };

/**
 * The ARN of the key that seals this secret's values, or null for `aws/secretsmanager`.
 * Throws InvalidParameterException when the secret names a key that is not there or cannot be used.
 */
export function keyArnOf(call: Call, kmsKeyId: string | null): string | null {
  if (kmsKeyId === null) return null;
  return orElse('InvalidParameterException', 'The operation failed because of an invalid KMS key', () =>
    call.keys.resolve('secretsmanager', kmsKeyId),
  );
}

const managedAlias = /^(?:arn:aws:kms:[^:]*:[^:]*:)?alias\/aws\/secretsmanager$/;

/** What is kept of a KmsKeyId: the managed key goes without saying, as AWS leaves it out of its answers. */
export const keptKeyId = (kmsKeyId: string | undefined): string | null =>
  !kmsKeyId || managedAlias.test(kmsKeyId) ? null : kmsKeyId;

/** Whether a version has its value already: a rotation begins with one that has none. */
export const hasValue = ({ secret_string, secret_binary }: VersionRow): boolean =>
  secret_string !== null || secret_binary !== null;

/** Seals a value for the two columns, of which the other stays null. Throws EncryptionFailure. */
export function sealValue(
  call: Call,
  secret: SecretRow,
  versionId: string,
  keyArn: string | null,
  { column, bytes }: Value,
): [secretString: Uint8Array | null, secretBinary: Uint8Array | null] {
  const sealed = orElse('EncryptionFailure', cannot('encrypt'), () =>
    call.keys.seal(keyArn ?? call.keys.resolve('secretsmanager'), bindingOf(secret, versionId, column), bytes),
  );
  return column === 'secret_string' ? [sealed, null] : [null, sealed];
}

/** Opens a version's value. Throws DecryptionFailure when its key is disabled or gone. */
export function openValue(call: Call, secret: SecretRow, version: VersionRow): Value {
  const column = version.secret_string ? 'secret_string' : 'secret_binary';
  const bytes = orElse('DecryptionFailure', cannot('decrypt'), () =>
    call.keys.open(bindingOf(secret, version.version_id, column), version[column]!),
  );
  return { column, bytes };
}

/** The name is in the ARN too, but a row is found by its name: both are bound, or names could be exchanged. */
const bindingOf = ({ account, region, name, arn }: SecretRow, versionId: string, column: Value['column']): Binding => [
  account,
  region,
  'secret',
  name,
  arn,
  versionId,
  column,
];

const cannot = (what: string) => `Secrets Manager can't ${what} the protected secret text using the provided KMS key`;

/** KMS's refusals become Secrets Manager's, with KMS's reason behind; trouble with the vault's file stays what it is. */
function orElse<T>(type: string, message: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.type === 'AccessDeniedException') throw new ApiError(error.type, 'Access to KMS is not allowed');
    throw new ApiError(type, error.message ? `${message}: ${error.message}` : `${message}.`);
  }
}
