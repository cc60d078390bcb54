import { ApiError } from '../errors.ts';
import { type Call, type Operation, writing } from '../operation.ts';
import { type Input, required, type Shape } from '../shape.ts';
import { secretId } from './members.ts';
import { mirror } from './mirror.ts';
import { findUsableSecret } from './names.ts';
import { isReplica } from './replicas.ts';
import { type SecretRow, selectSecretByArn } from './rows.ts';

type Members = Readonly<Record<string, Shape<unknown>>>;

/**
 * An operation that changes a secret, where it may be changed: not one that waits for its deletion, not a replica
 * (unless `mayReplica` says so of the input). What it changes its replicas follow.
 */
export const changing = <M extends Members>(
  members: M,
  run: (call: Call, secret: SecretRow, input: Input<M>) => object,
  mayReplica: (input: Input<M>) => boolean = () => false,
): Operation =>
  writing({ SecretId: required(secretId), ...members }, (call, input) => {
    const secret = findUsableSecret(call, (input as unknown as { SecretId: string }).SecretId);
    if (!mayReplica(input as unknown as Input<M>)) requirePrimary(secret);
    const answer = run(call, secret, input as unknown as Input<M>);
    if (secret.primary_region) mirror(call, selectSecretByArn.get(call.database, secret.arn)!);
    return answer;
  });

/** Throws InvalidRequestException for a replica. */
export function requirePrimary(secret: SecretRow): void {
  if (!isReplica(secret)) return;
  throw new ApiError(
    'InvalidRequestException',
    "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
  );
}
