import { ApiError } from '../errors.ts';
import { idOf } from '../iam/unique-id.ts';
import { type Call, reading } from '../operation.ts';
import { list, required, string, structure } from '../shape.ts';
import { arn, duration, serialNumber, sessionName, tokenCode } from './members.ts';
import { credentialsFor } from './session.ts';

const tagKey = string({ min: 1, max: 128, pattern: '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+' });
const tagValue = string({ max: 256, pattern: '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*' });

/**
 * Every role can be assumed by everyone: the vault has no IAM policies yet, and no list of roles.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const assumeRole = reading(
  {
    RoleArn: required(arn),
    RoleSessionName: required(sessionName),
    PolicyArns: list(structure({ arn })),
    Policy: string({ min: 1, pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+' }),
    DurationSeconds: duration(43_200),
    Tags: list(structure({ Key: required(tagKey), Value: required(tagValue) }), { max: 50 }),
    TransitiveTagKeys: list(tagKey, { max: 50 }),
    ExternalId: string({ min: 2, max: 1224, pattern: '[\\w+=,.@:\\/-]*' }),
    SerialNumber: serialNumber,
    TokenCode: tokenCode,
    SourceIdentity: sessionName,
  },
  (call, { RoleArn, RoleSessionName, DurationSeconds = 3600, SourceIdentity }) => {
    const [, account, name] = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]{1,64})$/.exec(RoleArn) ?? [];
    if (account === undefined) throw new ApiError('ValidationError', `${RoleArn} is invalid`);
    requireShort(call, DurationSeconds);
    const Arn = `arn:aws:sts::${account}:assumed-role/${name}/${RoleSessionName}`;
    const AssumedRoleId = `${idOf('AROA', RoleArn)}:${RoleSessionName}`;
    return {
      Credentials: credentialsFor(call, { account, principal: Arn, userId: AssumedRoleId }, DurationSeconds),
      AssumedRoleUser: { AssumedRoleId, Arn },
      SourceIdentity,
    };
  },
);

const anHour = 3600;

function requireShort({ principal }: Call, seconds: number): void {
  if (seconds <= anHour || !principal.includes(':assumed-role/')) return;
  throw new ApiError(
    'ValidationError',
    'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
  );
}
