import { faultOf, nextWindow, type RotationRules } from '../../schedule/windows.ts';
import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { integer, list, string, structure } from '../shape.ts';
import { type SecretRow, setRotation } from './rows.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html */
export const rotationRules = structure({
  AutomaticallyAfterDays: integer({ min: 1, max: 1000 }),
  Duration: string({ min: 2, max: 3, pattern: '[0-9]+h' }),
  ScheduleExpression: string({ min: 1, max: 256, pattern: '[0-9A-Za-z\\(\\)#\\?\\*\\-\\/, ]+' }),
});

export const externalMetadata = list(
  structure({ Key: string({ min: 1, max: 256 }), Value: string({ min: 1, max: 2048 }) }),
);

/** How a secret is rotated, as its row keeps it: members named as DescribeSecret names them. */
export interface Rotation {
  RotationEnabled: boolean;
  RotationLambdaARN?: string;
  RotationRules?: RotationRules;
  ExternalSecretRotationMetadata?: { Key?: string; Value?: string }[];
  ExternalSecretRotationRoleArn?: string;
  /** What its schedule counts from, in milliseconds since 1970: it was set up then, or the secret got a new value. */
  since: number;
}

export const rotationOf = ({ rotation }: SecretRow): Rotation | undefined =>
  rotation === null ? undefined : JSON.parse(rotation);

export const writeRotation = ({ database }: Call, { arn }: SecretRow, rotation: Rotation | null) =>
  setRotation.run(database, rotation && JSON.stringify(rotation), arn);

/** A new value that somebody puts there by hand is as good as a rotation. */
export function restartSchedule(call: Call, secret: SecretRow): void {
  const rotation = rotationOf(secret);
  if (rotation) writeRotation(call, secret, { ...rotation, since: call.now.getTime() });
}

const faults = {
  'two-schedules': 'You cannot specify both rotation frequency and schedule expression together.',
  'no-schedule': 'The ScheduleExpression is not a valid rotation schedule.',
  window: 'The rotation window must not extend into the next rotation window or the next UTC day.',
};

/** Throws InvalidParameterException. */
export function requireRules(rules: RotationRules): void {
  const fault = faultOf(rules);
  if (fault) throw new ApiError('InvalidParameterException', faults[fault]);
}

const day = 24 * 60 * 60 * 1000;

/**
 * What DescribeSecret and ListSecrets say of a secret's rotation; nothing where none was ever set up. Once a secret has
 * been rotated, its rules say how many days there are between rotations, whatever its schedule.
 */
export function rotationMetadata(secret: SecretRow) {
  const rotation = rotationOf(secret);
  if (!rotation) return {};
  const { since, ...members } = rotation;
  if (!rotation.RotationEnabled) return members;
  const next = nextWindow(rotation.RotationRules ?? {}, since);
  const days = secret.rotated !== null && next ? { AutomaticallyAfterDays: Math.ceil((next.opens - since) / day) } : {};
  return {
    ...members,
    RotationRules: rotation.RotationRules && { ...rotation.RotationRules, ...days },
    LastRotatedDate: secret.rotated === null ? undefined : new Date(secret.rotated),
    NextRotationDate: next && new Date(next.closes),
  };
}
