import { randomInt } from 'node:crypto';
import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { deleteExpiredSecrets, type SecretRow, selectSecretByArn, selectSecretByName } from './rows.ts';

const nameRule = /^[A-Za-z0-9/_+=.@!-]+$/;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const suffixLength = 6;

/** Throws AWS's ValidationException for a name with other characters than AWS allows. */
export function requireName(name: string): void {
  if (!nameRule.test(name)) {
    throw new ApiError(
      'ValidationException',
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    );
  }
}

const arnPrefix = ({ account, region }: Call) => `arn:aws:secretsmanager:${region}:${account}:secret:`;

/** A new ARN: six random characters keep a later secret of the same name apart from this one. */
export function newArn(call: Call, name: string): string {
  const suffix = Array.from({ length: suffixLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${arnPrefix(call)}${name}-${suffix}`;
}

/** The name that `id` is, or what follows `secret:` in an ARN: a name, mostly with a suffix. */
export function nameIn(id: string): string {
  const name = id.startsWith('arn:') ? id.split(':').slice(6).join(':') : id;
  requireName(name);
  return name;
}

/** The secret that a name, an ARN or an ARN without its suffix means, scheduled for deletion or not. */
export function lookUp(call: Call, id: string): SecretRow | undefined {
  const name = nameIn(id);
  const secret = name === id ? byName(call, name) : byArn(call, id, name);
  return secret && !isExpired(call, secret) ? secret : undefined;
}

const byName = ({ database, account, region }: Call, name: string) =>
  selectSecretByName.get(database, account, region, name);

function byArn(call: Call, arn: string, name: string): SecretRow | undefined {
  if (!arn.startsWith(arnPrefix(call))) return undefined;
  return selectSecretByArn.get(call.database, arn) ?? byName(call, name);
}

/** Like `lookUp`; throws ResourceNotFoundException when there is none. */
export function findSecret(call: Call, id: string): SecretRow {
  const secret = lookUp(call, id);
  if (!secret) throw new ApiError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  return secret;
}

/** Like `findSecret`; throws InvalidRequestException when it is scheduled for deletion. */
export function findUsableSecret(call: Call, id: string): SecretRow {
  const secret = findSecret(call, id);
  if (secret.deleted !== null) {
    throw new ApiError(
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }
  return secret;
}

/** Nobody is there when a recovery window ends, so the clock decides: from then on the secret counts as gone. */
const isExpired = ({ now }: Call, { deleted }: SecretRow) => deleted !== null && deleted <= now.getTime();

/** Removes the rows of secrets whose recovery window has ended. Creating and deleting do it. */
export function purge({ database, account, region, now }: Call): void {
  deleteExpiredSecrets.run(database, account, region, now.getTime());
}
