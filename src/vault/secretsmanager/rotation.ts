import { integer, list, string, structure } from '../shape.ts';
import type { SecretRow } from './rows.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html */
export const rotationRules = structure({
  AutomaticallyAfterDays: integer({ min: 1, max: 1000 }),
  Duration: string({ min: 2, max: 3, pattern: '[0-9]+h' }),
  ScheduleExpression: string({ min: 1, max: 256, pattern: '[0-9A-Za-z\\(\\)#\\?\\*\\-\\/, ]+' }),
});

export const externalMetadata = list(
  structure({ Key: string({ min: 1, max: 256 }), Value: string({ min: 1, max: 2048 }) }),
);

interface RotationRules {
  AutomaticallyAfterDays?: number;
  Duration?: string;
  ScheduleExpression?: string;
}

/** How a secret is rotated, as its row keeps it: members named as DescribeSecret names them. */
export interface Rotation {
  RotationEnabled: boolean;
  RotationLambdaARN?: string;
  RotationRules?: RotationRules;
  ExternalSecretRotationMetadata?: { Key?: string; Value?: string }[];
  ExternalSecretRotationRoleArn?: string;
}

export const rotationOf = ({ rotation }: SecretRow): Rotation | undefined =>
  rotation === null ? undefined : JSON.parse(rotation);

/** What DescribeSecret and ListSecrets say of a secret's rotation; nothing where none was ever set up. */
export function rotationMetadata(secret: SecretRow) {
  const rotation = rotationOf(secret);
  if (!rotation) return {};
  return {
    ...rotation,
    LastRotatedDate: secret.rotated === null ? undefined : new Date(secret.rotated),
    NextRotationDate: rotation.RotationEnabled ? nextRotation(secret, rotation.RotationRules) : undefined,
  };
}

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/**
 * When the next rotation is due: days end with the window's last second in UTC, as AWS says of a schedule in days.
 * A `cron()` schedule is kept and returned, but the vault does not work out its next time.
 */
function nextRotation({ rotated, changed }: SecretRow, rules: RotationRules = {}): Date | undefined {
  const last = rotated ?? changed;
  const { AutomaticallyAfterDays: days } = rules;
  if (days !== undefined) return new Date(startOfDay(last) + (days + 1) * day - 1000);
  const [, count, unit] = /^rate\((\d+) (hour|day)s?\)$/.exec(rules.ScheduleExpression ?? '') ?? [];
  if (count === undefined) return undefined;
  return unit === 'hour' ? new Date(last + Number(count) * hour) : new Date(startOfDay(last) + Number(count) * day);
}

const startOfDay = (time: number) => new Date(time).setUTCHours(0, 0, 0, 0);
