import type { SecretsManager } from '../aws/services.ts';

/**
 * - `none`: nothing is pending
 * - `begun`: a version is pending that is not current: a rotation runs, or was cut off
 * - `overtaken`: the same, but AWSCURRENT has moved since, and not to it
 * - `finishing`: AWSCURRENT has moved, and some of our own labels are left
 * - `left`: AWSPENDING is on the current version: a rotation by others that ended
 */
export type Situation = 'none' | 'begun' | 'overtaken' | 'finishing' | 'left';

export interface State {
  readonly arn: string;
  readonly name: string;
  readonly situation: Situation;
  /** Ids of versions. */
  readonly current: string;
  readonly pending?: string;
  readonly previous?: string;
  /** The version that was current when the pending one was made, where that is known. */
  readonly from?: string;
  /** Labels that rotations of ours have put on versions, and on which. */
  readonly marks: readonly Mark[];
}

export interface Mark {
  readonly stage: string;
  readonly version: string;
  readonly from: string;
}

/** What a secret's labels say of its rotation. Throws code `not-found` where it has no current version. */
export declare function stateOf(client: SecretsManager, secretId: string): Promise<State>;
