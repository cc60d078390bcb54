import { ApiError } from '../errors.ts';
import { type Call, writing } from '../operation.ts';
import { boolean, integer, required } from '../shape.ts';
import { requirePrimary } from './changing.ts';
import { secretId } from './members.ts';
import { findSecret, lookUp, nameIn, newArn, purge } from './names.ts';
import { deleteSecretRow, type SecretRow, selectReplicas, setDeletionDate } from './rows.ts';

const day = 24 * 60 * 60 * 1000;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
export const deleteSecret = writing(
  { SecretId: required(secretId), RecoveryWindowInDays: integer(), ForceDeleteWithoutRecovery: boolean() },
  (call, { SecretId, RecoveryWindowInDays, ForceDeleteWithoutRecovery }) => {
    requireWindow(RecoveryWindowInDays, ForceDeleteWithoutRecovery);
    purge(call);
    return ForceDeleteWithoutRecovery ? remove(call, SecretId) : schedule(call, SecretId, RecoveryWindowInDays);
  },
);

function requireWindow(days: number | undefined, force: boolean | undefined): void {
  if (days === undefined) return;
  if (days < 7 || days > 30) {
    throw refused('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
  }
  if (force) throw refused("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
}

function schedule(call: Call, id: string, days = 30) {
  const secret = findSecret(call, id);
  if (secret.deleted !== null) {
    throw new ApiError(
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was already scheduled for deletion.",
    );
  }
  requireAlone(call, secret);
  const end = call.now.getTime() + days * day;
  setDeletionDate.run(call.database, end, secret.arn);
  return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(end) };
}

/** Throws for a replica, and for a secret that has some. */
function requireAlone({ database }: Call, secret: SecretRow): void {
  requirePrimary(secret);
  const regions = selectReplicas.all(database, secret.arn).map(({ region }) => region);
  if (regions.length === 0) return;
  throw refused(`You can't delete secret ${secret.arn} that still has replica regions [${regions.join(', ')}]`);
}

/** A secret that isn't there is no error: the answer is made up as AWS makes it up. */
function remove(call: Call, id: string) {
  const secret = lookUp(call, id);
  if (secret) {
    requireAlone(call, secret);
    deleteSecretRow.run(call.database, secret.arn);
    return { ARN: secret.arn, Name: secret.name, DeletionDate: call.now };
  }
  const isArn = id.startsWith('arn:');
  const name = isArn ? nameIn(id).replace(/-[A-Za-z0-9]{6}$/, '') : id;
  return { ARN: isArn ? id : newArn(call, name), Name: name, DeletionDate: call.now };
}

const refused = (message: string) => new ApiError('InvalidParameterException', message);
