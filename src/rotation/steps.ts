import type { SecretsManager } from '../aws/services.ts';
import type { Rotator, Surroundings } from './rotator.ts';

export type Step = 'create' | 'set' | 'test' | 'finish';

export interface RotateOptions {
  /** Of whom the rotator asks for what it needs. */
  readonly given: Surroundings;
  /** ClientRequestToken: the id of the new version. Random where it is not said. */
  readonly token?: string;
  /** Makes this version current again, with its own value, in place of a new one. */
  readonly to?: string;
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

/** One whole rotation, resumable: what is pending is taken up where it was left. */
export declare function rotate(
  client: SecretsManager,
  secretId: string,
  rotator: Rotator,
  options: RotateOptions,
): Promise<Rotated>;
