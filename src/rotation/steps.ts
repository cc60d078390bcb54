import type { SecretsManager } from '../aws/services.ts';
import { beginOrTakeUp } from './begin.ts';
import { move, stateWhen, tidy } from './labels.ts';
import { findVersion, readVersion } from './read-version.ts';
import { leavesUnchanged, type Rotator, type Version, type Versions } from './rotator.ts';
import { type State, stateOf } from './state.ts';
import * as trouble from './trouble.ts';
import { type RotateOptions, step, type Work } from './work.ts';

export type { RotateOptions } from './work.ts';

export interface Rotated {
  readonly arn: string;
  readonly name: string;
  /** The version that is current now, and the one that was. */
  readonly version: string;
  readonly previous: string;
  /** Whether it was begun before, and taken up where it was left. */
  readonly resumed: boolean;
}

/**
 * One whole rotation, by the four steps of
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 * What is pending is taken up where it was left, so that a run that was cut off anywhere is ended by the next one. Throws
 * code `conflict` where another rotation was faster or somebody has moved AWSCURRENT meanwhile.
 *
 * The order of calls: the new version is put under a mark of our own, since PutSecretValue would take AWSPENDING from
 * whoever has it; AWSPENDING is taken only if nobody has it; AWSCURRENT leaves only the version that was read; AWSPENDING
 * goes; and the mark goes last, which until then tells the next run what this one was about.
 */
export async function rotate(
  client: SecretsManager,
  secretId: string,
  rotator: Rotator,
  options: RotateOptions,
): Promise<Rotated> {
  const state = await stateOf(client, secretId);
  if (state.owner !== undefined) throw trouble.ofAnother(state, state.owner);
  const secret = { client, arn: state.arn };
  const work: Work = { ...options, secret, rotator, kind: options.back ? 'rollback' : 'rotate' };
  const { begun, resumed, ended } = await beginOrTakeUp(work, state);
  const version = ended ? begun.current : begun.pending!;
  const previous = ended ? begun.mark!.from : begun.current;
  if (!ended) await carryOut(work, begun, resumed);
  return { arn: state.arn, name: state.name, version, previous, resumed };
}

/** The other three steps. */
async function carryOut(work: Work, state: State, resumed: boolean): Promise<void> {
  const { rotator, given } = work;
  const versions = await versionsOf(work, state);
  given.signal?.throwIfAborted();
  await step(work, 'set', () => set(work, state, { versions, resumed }));
  await step(work, 'test', () => rotator.test(versions.pending, given)).catch(trouble.stuck(state));
  await step(work, 'finish', async () => {
    await makeCurrent(work, state);
    await rotator.finish?.(versions, given);
    await tidy(work.secret, state, versions.pending.id);
  });
}

async function versionsOf({ secret }: Work, { current, pending, previous }: State): Promise<Versions> {
  const other = previous !== undefined && previous !== pending ? previous : undefined;
  return {
    current: await readVersion(secret, current),
    pending: await readVersion(secret, pending!),
    previous: other === undefined ? undefined : await findVersion(secret, other),
  };
}

/** A service that has said no, and changed nothing, is let go: the next run is to begin with another value. */
async function set(work: Work, state: State, { versions, resumed }: { versions: Versions; resumed: boolean }) {
  const { secret, rotator, given } = work;
  try {
    await rotator.set(versions, given);
  } catch (error) {
    // This run has changed nothing; an earlier one may have, and then the pending value is the only good one.
    const untouched = leavesUnchanged(error) && (!resumed || (await isGood(work, versions.current)));
    if (!untouched) return trouble.stuck(state)(error);
    await tidy(secret, state, versions.pending.id);
    throw error;
  }
}

const isGood = ({ rotator, given }: Work, version: Version): Promise<boolean> =>
  rotator.test(version, given).then(
    () => true,
    () => false,
  );

async function makeCurrent({ secret }: Work, state: State): Promise<void> {
  const [from, to] = [state.current, state.pending!];
  const moved = await move(secret, 'AWSCURRENT', from, to);
  if (moved) await stateWhen(secret, `AWSCURRENT of version ${to}`, ({ current }) => current !== from);
  else {
    // It fails, too, when it is made again because its answer was lost: then AWSCURRENT is where it should be.
    const { current } = await stateOf(secret.client, secret.arn);
    if (current !== to) throw trouble.overtakenAtLast(state, current);
  }
}
