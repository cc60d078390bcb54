import type { SecretsManager } from '../aws/services.ts';
import { UserError } from '../errors.ts';
import { type Secret, tidy } from './labels.ts';
import { findVersion, readVersion } from './read-version.ts';
import type { Rotator, Surroundings, Version } from './rotator.ts';
import { type State, stateOf } from './state.ts';
import { type RotateOptions, rotate } from './steps.ts';
import * as trouble from './trouble.ts';

export interface Recovery {
  readonly state: State;
  /** `tidy`: all is well, and only labels are left. */
  readonly way: 'finish' | 'back-out' | 'tidy';
  /** In words. */
  readonly why: string;
}

interface Asked {
  readonly given: Surroundings;
  /** What somebody has decided already. */
  readonly way?: 'finish' | 'back-out';
}

/** How what was cut off is best ended, found out by logging in; undefined where there is nothing to end. Changes nothing. */
export async function planRecovery(
  client: SecretsManager,
  secretId: string,
  rotator: Rotator,
  { given, way }: Asked,
): Promise<Recovery | undefined> {
  const state = await stateOf(client, secretId);
  const found = await planFor({ client, arn: state.arn }, state, rotator, given);
  if (!found || found.way === 'tidy' || way === undefined || way === found.way) return found;
  if (way === 'finish' && state.situation === 'overtaken') throw trouble.cannotFinish(state);
  if (way === 'back-out' && state.situation === 'finishing') throw trouble.cannotBackOut(state);
  return { state, way, why: `${found.why}; you have asked for it` };
}

async function planFor(
  secret: Secret,
  state: State,
  rotator: Rotator,
  given: Surroundings,
): Promise<Recovery | undefined> {
  switch (state.situation) {
    case 'none':
      return state.marks.length === 0 ? undefined : planUnbegun(secret, state, rotator, given);
    case 'left':
      return { state, way: 'tidy', why: `AWSPENDING is left on version ${state.current}, which is current` };
    case 'finishing':
      return { state, way: 'finish', why: `version ${state.current} is current already, and only labels are left` };
  }
  const [current, pending] = [await readVersion(secret, state.current), await findVersion(secret, state.pending!)];
  if (!pending) return { state, way: 'back-out', why: `version ${state.pending} has no value yet` };
  const good = { current: await logsIn(rotator, current, given), pending: await logsIn(rotator, pending, given) };
  return { state, ...verdict(state, good) };
}

/** Something was made, and AWSPENDING is nowhere: it was cut off there, or somebody took that away. */
async function planUnbegun(secret: Secret, state: State, rotator: Rotator, given: Surroundings): Promise<Recovery> {
  if (await logsIn(rotator, await readVersion(secret, state.current), given)) {
    return { state, way: 'tidy', why: 'a rotation was cut off before it began, and its label is left' };
  }
  const why = `version ${state.current} does not log in, and AWSPENDING was taken away from what a rotation has made`;
  return { state, way: 'finish', why };
}

function verdict({ situation, pending, current }: State, good: { current: boolean; pending: boolean }) {
  const said = (id: string | undefined, does: boolean) => `version ${id} ${does ? 'logs in' : 'does not log in'}`;
  const both = `${said(pending, good.pending)}, and ${said(current, good.current)}`;
  if (situation === 'overtaken') return { way: 'back-out', why: `somebody has moved AWSCURRENT; ${both}` } as const;
  // Where neither does, the pending value can be set once more; nothing else would help.
  const back = good.current && !good.pending;
  return { way: back ? 'back-out' : 'finish', why: both } as const;
}

/** Ends it that way. Resolves to the id of the version that is current then. */
export async function recover(
  client: SecretsManager,
  { state, way }: Recovery,
  rotator: Rotator,
  options: Pick<RotateOptions, 'given' | 'onStep'>,
): Promise<string> {
  if (way === 'finish') {
    const { version } = await rotate(client, state.arn, rotator, { ...options, back: state.mark?.kind === 'rollback' });
    return version;
  }
  const secret = { client, arn: state.arn };
  if (way === 'back-out') await setBack(secret, state, rotator, options.given);
  await tidy(secret, state, state.pending ?? state.current);
  return state.current;
}

/** Makes the current value the service's again, where it is not. */
async function setBack(secret: Secret, state: State, rotator: Rotator, given: Surroundings): Promise<void> {
  const [current, pending] = [await readVersion(secret, state.current), await findVersion(secret, state.pending!)];
  if (!pending || (await logsIn(rotator, current, given))) return;
  await rotator.set({ current: pending, pending: current }, given);
  await rotator.test(current, given);
}

/** Whether the service lets this value in. Where it cannot be asked, nobody knows: that is thrown. */
async function logsIn(rotator: Rotator, version: Version, given: Surroundings): Promise<boolean> {
  try {
    await rotator.test(version, given);
    return true;
  } catch (error) {
    if (error instanceof UserError && (error.code === 'denied' || error.code === 'partial')) return false;
    throw error;
  }
}
