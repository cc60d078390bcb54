import type { Call } from '../operation.ts';
import type { Database } from '../store/database.ts';
import { isReplica, primaryOf, replicaIn } from './replicas.ts';
import { rotationOf } from './rotation.ts';
import {
  type ReplicaRow,
  type SecretRow,
  selectOrphans,
  selectReplicas,
  selectSecrets,
  selectStages,
  selectStrayReplicas,
  selectVersion,
  selectVersionIds,
} from './rows.ts';
import { tagsOf } from './tags.ts';
import { hasValue, openValue } from './values.ts';
import { current } from './versions.ts';

/** Opens every value and follows every reference; says in words what is wrong. */
export function* problems(database: Database, callIn: (region: string, account?: string) => Call): Generator<string> {
  for (const secret of selectSecrets.all(database)) yield* problemsOf(callIn(secret.region, secret.account), secret);
  for (const { secret, version_id } of selectOrphans.all(database)) {
    yield `version ${version_id} belongs to "${secret}", which is not there`;
  }
  for (const { secret, region } of selectStrayReplicas.all(database)) {
    yield `a replica in ${region} belongs to "${secret}", which is not there`;
  }
}

function* problemsOf(call: Call, secret: SecretRow): Generator<string> {
  const said = `secret "${secret.name}" in ${secret.region}`;
  yield* refusal(`${said}: its tags cannot be read`, () => tagsOf(secret));
  yield* refusal(`${said}: its rotation settings cannot be read`, () => rotationOf(secret));
  for (const problem of versionProblems(call, secret)) yield `${said}: ${problem}`;
  for (const problem of replicaProblems(call, secret)) yield `${said}: ${problem}`;
}

/** A version without a value is one that a rotation has begun: it opens, but is not the current one. */
function* versionProblems(call: Call, secret: SecretRow): Generator<string> {
  const valued = new Set<string>();
  const ids = selectVersionIds.all(call.database, secret.arn).map(({ version_id }) => version_id);
  for (const id of ids) {
    const version = selectVersion.get(call.database, secret.arn, id)!;
    if (!hasValue(version)) continue;
    valued.add(id);
    yield* refusal(`version ${id} does not open`, () => openValue(call, secret, version));
  }
  const labels = selectStages.all(call.database, secret.arn);
  for (const { stage, version_id } of labels) {
    if (!ids.includes(version_id)) yield `${stage} names version ${version_id}, which is not there`;
  }
  const holder = labels.find(({ stage }) => stage === current)?.version_id;
  if (holder === undefined && valued.size > 0) yield `none of its versions is ${current}`;
  if (holder !== undefined && ids.includes(holder) && !valued.has(holder)) yield `its ${current} version has no value`;
}

/** Primary and replica name each other, and one has what the other has. */
function* replicaProblems(call: Call, secret: SecretRow): Generator<string> {
  const replicas = selectReplicas.all(call.database, secret.arn);
  for (const replica of replicas) {
    if (replica.failure === null) yield* stepProblems(call, secret, replica);
  }
  if (replicas.length > 0 !== (secret.primary_region === secret.region)) {
    yield `it has ${replicas.length} replicas, and its primary Region is ${secret.primary_region ?? 'not known'}`;
  }
  if (!isReplica(secret)) return;
  const primary = primaryOf(call, secret);
  const isNamed = primary && selectReplicas.all(call.database, primary.arn).some((row) => row.region === secret.region);
  if (!isNamed) yield `it is a replica of a secret in ${secret.primary_region} that does not know it`;
}

function* stepProblems(call: Call, secret: SecretRow, { region }: ReplicaRow): Generator<string> {
  const copy = replicaIn(call, secret, region);
  const [ours, theirs] = [secret, copy].map((one) => one && JSON.stringify(selectStages.all(call.database, one.arn)));
  if (!copy) yield `its replica in ${region} is not there`;
  else if (ours !== theirs) yield `its replica in ${region} has other versions`;
}

function* refusal(problem: string, work: () => unknown): Generator<string> {
  try {
    work();
  } catch {
    yield problem;
  }
}
