import { UserError } from '../errors.ts';
import type { Kind } from './mark.ts';
import type { State } from './state.ts';

/** What can come between, in words. */

const recover = ({ name }: State) => `finish it, or back out: "latchkey rotate recover ${name}"`;

export const lostRace = ({ name }: State, { pending = 'another' }: State) =>
  new UserError('conflict', `another rotation of secret "${name}" was faster: version ${pending} is pending`, {
    hints: [`nothing was changed; see "latchkey rotate status ${name}"`],
  });

export const movedOn = ({ name, current: expected }: State, current: string) =>
  new UserError(
    'conflict',
    `secret "${name}" has moved on: version ${expected} was current when this began, and ${current} is now`,
    { hints: ['nothing was changed; run it again'] },
  );

export const overtakenAtLast = (state: State, current: string) =>
  new UserError(
    'conflict',
    `somebody has made version ${current} of secret "${state.name}" current while it was rotated; version ${state.pending} is what logs in`,
    { hints: [recover(state)] },
  );

export const overtaken = (state: State, cause: unknown) =>
  new UserError(
    'conflict',
    `AWSCURRENT of secret "${state.name}" has moved since version ${state.pending} became pending, and its value does not log in`,
    { hints: [recover(state)], cause },
  );

export const noValue = (rotator: string) =>
  new UserError('usage', `the rotator "${rotator}" made no new value`, {
    hints: ['at the step createSecret a program writes it to file descriptor 5'],
  });

export const nothingBefore = ({ name }: State) =>
  new UserError('not-found', `secret "${name}" has no AWSPREVIOUS version to go back to`, {
    hints: [`see "latchkey secret versions ${name}"`],
  });

export const otherKind = (state: State, kind: Kind) =>
  new UserError(
    'conflict',
    `a ${kind === 'rollback' ? 'rollback' : 'rotation'} of secret "${state.name}" was begun, and is not ended`,
    {
      hints: [
        `go on with it: "latchkey rotate ${kind === 'rollback' ? 'rollback' : 'now'} ${state.name}"`,
        recover(state),
      ],
    },
  );

export const ofAnother = ({ name }: State, owner: string) =>
  new UserError('usage', `secret "${name}" is managed by ${owner}, which rotates it and nobody else can`, {
    hints: [`have it rotated there: "aws secretsmanager rotate-secret --secret-id ${name}"`],
  });

/** Adds to an error of a step that the version stays pending, and what to do. */
export const stuck =
  (state: State) =>
  (error: unknown): never => {
    if (!(error instanceof UserError)) throw error;
    const hints = [...error.hints, `version ${state.pending} stays pending; to go on, run it again`, recover(state)];
    throw new UserError(error.code, error.message, { hints, cause: error });
  };

export const cannotFinish = ({ name, pending }: State) =>
  new UserError('conflict', `AWSCURRENT of secret "${name}" has moved since version ${pending} became pending`, {
    hints: [`finishing would undo what somebody stored; back out: "latchkey rotate recover ${name} --back-out"`],
  });

export const cannotBackOut = ({ name, current }: State) =>
  new UserError('conflict', `version ${current} of secret "${name}" is current already`, {
    hints: [`to have the version before: "latchkey rotate recover ${name}", then "latchkey rotate rollback ${name}"`],
  });
