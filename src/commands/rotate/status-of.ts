import type { SecretListEntry } from '../../aws/services.ts';
import { decodeSchedule, scheduleTagOf, standingOf } from '../../rotation/schedule.ts';
import { type Situation, type State, stateIn } from '../../rotation/state.ts';
import type { RotationRules } from '../../schedule/windows.ts';

/** What DescribeSecret and ListSecrets say of a secret. */
export type Described = Pick<
  SecretListEntry,
  | 'ARN'
  | 'Name'
  | 'RotationEnabled'
  | 'RotationLambdaARN'
  | 'RotationRules'
  | 'LastRotatedDate'
  | 'NextRotationDate'
  | 'SecretVersionsToStages'
  | 'Tags'
> & { VersionIdsToStages?: Record<string, string[]> };

export interface Status {
  Name: string;
  ARN: string;
  State: string;
  Why?: string;
  Schedule?: string;
  LastRotatedDate?: Date;
  NextRotationDate?: Date;
  PendingVersion?: string;
  PendingSince?: Date;
}

/** Whether there is anything to say of it. */
export const hasRotation = (secret: Described): boolean =>
  secret.RotationEnabled !== undefined ||
  secret.LastRotatedDate !== undefined ||
  scheduleTagOf(secret) !== undefined ||
  (stateIn(secret)?.situation ?? 'none') !== 'none';

/** `since`: when its current version was made, where its schedule is kept in a tag. */
export function statusOf(secret: Described, now: Date, since?: Date): Status {
  const state = stateIn(secret);
  const { next, ...schedule } = scheduleOf(secret, now, since);
  const isOpen = state?.situation === 'begun' || state?.situation === 'overtaken';
  return {
    Name: secret.Name!,
    ARN: secret.ARN!,
    ...verdict(state, next, now),
    ...schedule,
    LastRotatedDate: secret.LastRotatedDate,
    NextRotationDate: next,
    PendingVersion: isOpen ? state.pending : undefined,
  };
}

/** The service's own schedule goes before that of a tag. */
function scheduleOf(secret: Described, now: Date, since: Date | undefined): { Schedule?: string; next?: Date } {
  const { RotationEnabled, RotationRules: rules = {}, NextRotationDate: next } = secret;
  if (RotationEnabled) return { Schedule: expressionOf(rules), next };
  const tag = scheduleTagOf(secret);
  const schedule = tag === undefined ? undefined : decodeSchedule(tag);
  if (!schedule) return { Schedule: tag, next: undefined };
  return { Schedule: expressionOf(schedule.rules), next: standingOf(schedule, since, now).closes };
}

const expressionOf = ({ ScheduleExpression, AutomaticallyAfterDays: days }: RotationRules) =>
  ScheduleExpression ?? (days ? `rate(${days} days)` : undefined);

/** What is stuck comes before what is late. */
function verdict(state: State | undefined, next: Date | undefined, now: Date): Pick<Status, 'State' | 'Why'> {
  if (!state) return { State: 'no value', Why: 'it has no current version' };
  const trouble = troubles[state.situation]?.(state);
  if (trouble) return trouble;
  if (next && next < now) return { State: 'overdue', Why: `it was to be rotated by ${next.toISOString()}` };
  return { State: 'ok' };
}

const troubles: Partial<Record<Situation, (state: State) => Required<Pick<Status, 'State' | 'Why'>>>> = {
  begun: ({ name, pending, mark }) => ({
    State: 'running or cut off',
    Why: `version ${pending} is pending${mark?.kind === 'rollback' ? ', by a rollback' : ''}; to end it: "latchkey rotate recover ${name}"`,
  }),
  overtaken: ({ name, pending }) => ({
    State: 'overtaken',
    Why: `AWSCURRENT has moved since version ${pending} became pending; to end it: "latchkey rotate recover ${name}"`,
  }),
  finishing: ({ name }) => ({
    State: 'to be tidied',
    Why: `the new version is current, and labels are left; "latchkey rotate recover ${name}" takes them away`,
  }),
};
