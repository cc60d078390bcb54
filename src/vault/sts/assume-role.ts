import { ApiError } from '../errors.ts';
import { idOf } from '../iam/unique-id.ts';
import { type Call, reading } from '../operation.ts';
import { list, required, string } from '../shape.ts';
import * as members from './members.ts';
import { credentialsFor } from './session.ts';
import { packedSizeOf, requirePolicy } from './session-policy.ts';
import { requireTagsInOrder } from './session-tags.ts';

/**
 * Every role can be assumed by everyone, the account's root too, and what a session's policies and tags say has no
 * effect: the vault has no IAM policies yet, and no list of roles.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const assumeRole = reading(
  {
    RoleArn: required(members.arn),
    RoleSessionName: required(members.sessionName),
    PolicyArns: members.policyArns,
    Policy: members.policy,
    DurationSeconds: members.duration(43_200),
    Tags: members.tags,
    TransitiveTagKeys: list(members.tagKey, { max: 50 }),
    ExternalId: string({ min: 2, max: 1224, pattern: '[\\w+=,.@:\\/-]*' }),
    SerialNumber: members.serialNumber,
    TokenCode: members.tokenCode,
    SourceIdentity: members.sessionName,
    ProvidedContexts: members.providedContexts,
  },
  (call, input) => {
    const { RoleArn, RoleSessionName, DurationSeconds = anHour, SourceIdentity } = input;
    const { partition, account, name } = roleOf(RoleArn);
    members.requireBothOfMfa(input);
    requireShort(call, DurationSeconds);
    requirePolicy(input.Policy);
    requireTagsInOrder(input);
    const PackedPolicySize = packedSizeOf(input);
    const Arn = `arn:${partition}:sts::${account}:assumed-role/${name}/${RoleSessionName}`;
    const AssumedRoleId = `${idOf('AROA', RoleArn)}:${RoleSessionName}`;
    return {
      Credentials: credentialsFor(call, { account, principal: Arn, userId: AssumedRoleId }, DurationSeconds),
      AssumedRoleUser: { AssumedRoleId, Arn },
      PackedPolicySize,
      SourceIdentity,
    };
  },
);

const anHour = 3600;

/** The name is without the path, as the ARN of a session has it. */
function roleOf(arn: string) {
  const [, partition, account, name] =
    /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(?:[!-~]*\/)?([\w+=,.@-]{1,64})$/.exec(arn) ?? [];
  if (!partition || !account || !name) throw new ApiError('ValidationError', `${arn} is invalid`);
  return { partition, account, name };
}

function requireShort({ isSession }: Call, seconds: number): void {
  if (seconds <= anHour || !isSession) return;
  throw new ApiError(
    'ValidationError',
    'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
  );
}
