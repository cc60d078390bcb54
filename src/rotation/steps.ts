import { randomUUID } from 'node:crypto';
import type { SecretsManager } from '../aws/services.ts';
import { drop, move, type Secret, stateWhen, take, tidy } from './labels.ts';
import { type Kind, type Mark, markOf } from './mark.ts';
import { findVersion, readVersion } from './read-version.ts';
import { leavesUnchanged, type Rotator, type Surroundings, type Version, type Versions } from './rotator.ts';
import { type State, stateOf } from './state.ts';
import * as trouble from './trouble.ts';

export type Step = 'create' | 'set' | 'test' | 'finish';

export interface RotateOptions {
  /** What the rotator may use. */
  readonly given: Surroundings;
  /** ClientRequestToken, 32 to 64 characters: the id of the new version. Random where it is not said. */
  readonly token?: string;
  /** Back to the version before, with the value it has, in place of a new one. */
  readonly back?: boolean;
  /** Each step as it begins and as it ends. */
  onStep?(step: Step, state: 'begun' | 'done'): void;
}

export interface Rotated {
  readonly arn: string;
  readonly name: string;
  /** The version that is current now, and the one that was. */
  readonly version: string;
  readonly previous: string;
  /** Whether it was begun before, and taken up where it was left. */
  readonly resumed: boolean;
}

/** One rotation at work. */
interface Work extends RotateOptions {
  readonly secret: Secret;
  readonly rotator: Rotator;
  readonly kind: Kind;
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

interface Begun {
  /** Something is pending, and marked. */
  begun: State;
  resumed: boolean;
  /** It was all but over, and now is. */
  ended?: boolean;
}

async function beginOrTakeUp(work: Work, state: State): Promise<Begun> {
  const { secret, kind } = work;
  switch (state.situation) {
    case 'begun':
      return { begun: await takeUp(work, state), resumed: true };
    case 'overtaken':
      return { begun: await begin(work, await letGo(work, state)), resumed: false };
    case 'finishing': {
      await end(work, state);
      if (state.mark!.kind === kind) return { begun: state, resumed: true, ended: true };
      return { begun: await begin(work, await stateOf(secret.client, secret.arn)), resumed: false };
    }
    case 'left':
      await drop(secret, 'AWSPENDING', state.current);
  }
  const mark = unbegun(work, state);
  if (mark) return { begun: await pend(work, state, mark), resumed: true };
  return { begun: await begin(work, state), resumed: false };
}

/**
 * What an earlier run has made of the current value and left without AWSPENDING: it was cut off there, or somebody took
 * that away. In the second case its value may be the only one that is good.
 */
const unbegun = ({ kind, token }: Work, { current, marks }: State): Mark | undefined =>
  marks.find(
    (mark) =>
      mark.kind === kind &&
      mark.from === current &&
      mark.version !== current &&
      (token ?? mark.version) === mark.version,
  );

/** Makes a version, or finds the one before. */
async function begin(work: Work, state: State): Promise<State> {
  const { secret, kind, token = randomUUID() } = work;
  const version = kind === 'rotate' ? token : requirePrevious(state);
  const mark = markOf(kind, version, state.current);
  if (kind === 'rollback') await take(secret, mark.stage, version);
  else await create(work, mark);
  return pend(work, state, mark);
}

/** Takes AWSPENDING for a version that was made. */
async function pend({ secret }: Work, state: State, mark: Mark): Promise<State> {
  const { version } = mark;
  if (!(await take(secret, 'AWSPENDING', version))) {
    await drop(secret, mark.stage, version);
    throw trouble.lostRace(state, await stateOf(secret.client, secret.arn));
  }
  const now = await stateWhen(
    secret,
    `AWSPENDING of version ${version}`,
    ({ pending, current }) => pending === version || current === version,
  );
  const begun = {
    ...now,
    current: state.current,
    pending: version,
    mark,
    marks: [...state.marks.filter(({ stage }) => stage !== mark.stage), mark],
  };
  if (now.current === state.current || now.current === version) return begun;
  // Somebody was through between our reading and our taking: what was made from the old value is of no use.
  await tidy(secret, { ...begun, marks: [mark] }, version);
  throw trouble.movedOn(state, now.current);
}

function requirePrevious(state: State): string {
  if (state.previous !== undefined) return state.previous;
  throw trouble.nothingBefore(state);
}

/** Goes on with what is pending, whoever began it: this program, a function of AWS, or RotateSecret in the vault. */
async function takeUp(work: Work, state: State): Promise<State> {
  const { secret, kind } = work;
  const version = state.pending!;
  const mark = state.mark ?? markOf(kind, version, state.current);
  if (mark.kind !== kind) throw trouble.otherKind(state, mark.kind);
  if (!(await findVersion(secret, version))) await create(work, mark);
  else if (!state.mark) await take(secret, mark.stage, version);
  return { ...state, mark, marks: state.mark ? state.marks : [...state.marks, mark] };
}

/** The first step. A version that has a value already, since somebody gave it one meanwhile, keeps that. */
async function create(work: Work, mark: Mark): Promise<void> {
  const { secret, rotator, given } = work;
  await step(work, 'create', async () => {
    const current = await readVersion(secret, mark.from);
    const value = await rotator.create(current, { ...given, token: mark.version });
    if (value === undefined) await requireStored(work, mark);
    else await put(secret, mark, value);
    await readVersion(secret, mark.version);
  });
}

async function put({ client, arn }: Secret, { version, stage }: Mark, SecretString: string): Promise<void> {
  const input = { SecretId: arn, ClientRequestToken: version, SecretString, VersionStages: [stage] };
  await client.putSecretValue(input).catch((error) => {
    if (error.name !== 'ResourceExistsException') throw error;
  });
}

async function requireStored({ secret, rotator }: Work, { version, stage }: Mark): Promise<void> {
  if (!(await findVersion(secret, version))) throw trouble.noValue(rotator.name);
  await take(secret, stage, version);
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

async function step({ onStep }: Work, name: Step, does: () => Promise<void>): Promise<void> {
  onStep?.(name, 'begun');
  await does();
  onStep?.(name, 'done');
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

/** What is left to do of a rotation that was cut off after AWSCURRENT had moved. */
async function end(work: Work, state: State): Promise<void> {
  const { secret, rotator, given } = work;
  await step(work, 'finish', async () => {
    const [before, pending] = [await findVersion(secret, state.mark!.from), await readVersion(secret, state.current)];
    if (before) await rotator.finish?.({ current: before, pending }, given);
    await tidy(secret, state, state.current);
  });
}

/** Gives up what was made from a value that is current no longer, if the one that is current now is good. */
async function letGo({ secret, rotator, given }: Work, state: State): Promise<State> {
  try {
    await rotator.test(await readVersion(secret, state.current), given);
  } catch (error) {
    throw trouble.overtaken(state, error);
  }
  await tidy(secret, state, state.pending!);
  return stateOf(secret.client, secret.arn);
}
