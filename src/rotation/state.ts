import type { SecretsManager } from '../aws/services.ts';
import { UserError } from '../errors.ts';
import { type Mark, readMark } from './mark.ts';

/**
 * - `none`: nothing is pending
 * - `begun`: a version is pending that is not current: a rotation runs, or was cut off
 * - `overtaken`: the same, but AWSCURRENT has moved since, and not to it
 * - `finishing`: AWSCURRENT has moved, and labels of ours are left on it
 * - `left`: AWSPENDING is on the current version: a rotation by others that has ended
 */
export type Situation = 'none' | 'begun' | 'overtaken' | 'finishing' | 'left';

/** What a secret's labels say of its rotation. Versions are named by their ids. */
export interface State {
  readonly arn: string;
  readonly name: string;
  /** The service of AWS that made it for itself, such as RDS, and rotates it. */
  readonly owner?: string;
  readonly situation: Situation;
  readonly current: string;
  readonly pending?: string;
  readonly previous?: string;
  /** What our own label says of the pending version, or of the current one while it is `finishing`. */
  readonly mark?: Mark;
  /** All labels of ours, those of a rotation that lost or was cut off early, too. */
  readonly marks: readonly Mark[];
}

interface Labelled {
  ARN?: string;
  Name?: string;
  OwningService?: string;
  /** As DescribeSecret names them, and ListSecrets. */
  VersionIdsToStages?: Record<string, string[]>;
  SecretVersionsToStages?: Record<string, string[]>;
}

/** `rds!db-0123`: a name that only the service itself may give. */
const managed = /^([a-z-]+)!/;

/** Asks the service. Throws code `not-found` for a secret without a current version. */
export async function stateOf(client: SecretsManager, secretId: string): Promise<State> {
  const described = await client.describeSecret({ SecretId: secretId });
  const state = stateIn(described);
  if (state) return state;
  throw new UserError('not-found', `secret "${described.Name}" has no current version, so there is nothing to rotate`, {
    hints: [`give it a value: "latchkey secret put ${described.Name}"`],
  });
}

/** The same of an answer that is here already; undefined without a current version. */
export function stateIn(secret: Labelled): State | undefined {
  const labels = Object.entries(secret.VersionIdsToStages ?? secret.SecretVersionsToStages ?? {});
  const holder = (stage: string) => labels.find(([, stages]) => stages.includes(stage))?.[0];
  const [current, pending, previous] = ['AWSCURRENT', 'AWSPENDING', 'AWSPREVIOUS'].map(holder);
  if (current === undefined) return undefined;
  const marks = labels.flatMap(([version, stages]) => stages.flatMap((stage) => readMark(stage, version) ?? []));
  const open = pending !== undefined && pending !== current ? pending : undefined;
  const mark = marks.find(({ version }) => version === (open ?? current));
  const situation = situationOf({ current, pending, open, mark });
  const owner = secret.OwningService ?? managed.exec(secret.Name!)?.[1];
  return { arn: secret.ARN!, name: secret.Name!, owner, situation, current, pending, previous, mark, marks };
}

interface Labels {
  current: string;
  pending: string | undefined;
  /** What is pending and not current. */
  open: string | undefined;
  mark: Mark | undefined;
}

function situationOf({ current, pending, open, mark }: Labels): Situation {
  if (open !== undefined) return mark && mark.from !== current ? 'overtaken' : 'begun';
  if (mark) return 'finishing';
  return pending === undefined ? 'none' : 'left';
}
