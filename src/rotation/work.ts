import type { Secret } from './labels.ts';
import type { Kind } from './mark.ts';
import type { Rotator, Surroundings } from './rotator.ts';

type Step = 'create' | 'set' | 'test' | 'finish';

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

/** One rotation at work. */
export interface Work extends RotateOptions {
  readonly secret: Secret;
  readonly rotator: Rotator;
  readonly kind: Kind;
}

/** One step, with word of it. */
export async function step({ onStep }: Work, name: Step, does: () => Promise<void>): Promise<void> {
  onStep?.(name, 'begun');
  await does();
  onStep?.(name, 'done');
}
