import { randomUUID } from 'node:crypto';
import { drop, type Secret, stateWhen, take, tidy } from './labels.ts';
import { type Mark, markOf } from './mark.ts';
import { findVersion, readVersion } from './read-version.ts';
import { type State, stateOf } from './state.ts';
import * as trouble from './trouble.ts';
import { step, type Work } from './work.ts';

interface Begun {
  /** Something is pending, and marked. */
  begun: State;
  resumed: boolean;
  /** It was all but over, and now is. */
  ended?: boolean;
}

/** Brings a secret to where something is pending and marked, by the first step or by what an earlier run has left. */
export async function beginOrTakeUp(work: Work, state: State): Promise<Begun> {
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
