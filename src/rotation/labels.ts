import type { SecretsManager } from '../aws/services.ts';
import { seen } from './seen.ts';
import { type State, stateOf } from './state.ts';

/** A secret, and who answers for it. */
export interface Secret {
  readonly client: SecretsManager;
  readonly arn: string;
}

/** Puts a label on a version that no other version has. Resolves to false where another has it. */
export const take = (secret: Secret, stage: string, version: string): Promise<boolean> =>
  change(secret, { VersionStage: stage, MoveToVersionId: version });

/** Moves a label, if it is where it is thought to be. */
export const move = (secret: Secret, stage: string, from: string, to: string): Promise<boolean> =>
  change(secret, { VersionStage: stage, MoveToVersionId: to, RemoveFromVersionId: from });

/** Takes a label away. It may be gone already: a call is made again when its answer was lost, or somebody was faster. */
export const drop = (secret: Secret, stage: string, version: string): Promise<boolean> =>
  change(secret, { VersionStage: stage, RemoveFromVersionId: version });

interface Change {
  VersionStage: string;
  MoveToVersionId?: string;
  RemoveFromVersionId?: string;
}

/** The one compare-and-set of the service: InvalidParameterException where the label is on another version. */
async function change({ client, arn }: Secret, input: Change): Promise<boolean> {
  try {
    await client.updateSecretVersionStage({ SecretId: arn, ...input });
    return true;
  } catch (error) {
    if ((error as Error).name === 'InvalidParameterException') return false;
    throw error;
  }
}

/** The state as soon as it is like this. */
export const stateWhen = ({ client, arn }: Secret, what: string, is: (state: State) => boolean): Promise<State> =>
  seen(what, async () => {
    const state = await stateOf(client, arn);
    return is(state) ? state : undefined;
  });

/** Takes AWSPENDING off a version, and then every mark of ours, so that a run that is cut off here is known for one. */
export async function tidy(secret: Secret, { pending, marks }: State, version: string): Promise<void> {
  if (pending === version) await drop(secret, 'AWSPENDING', version);
  const own = marks.filter((mark) => mark.version === version);
  const others = marks.filter((mark) => mark.version !== version);
  for (const mark of [...others, ...own]) await drop(secret, mark.stage, mark.version);
}
