import type { Call } from '../operation.ts';
import type { Database } from '../store/database.ts';
import { type SecretRow, selectOrphans, selectSecrets, selectStage, selectVersion, selectVersionIds } from './rows.ts';
import { tagsOf } from './tags.ts';
import { hasValue, openValue } from './values.ts';
import { current } from './versions.ts';

/** Opens every value and follows every reference; says in words what is wrong. */
export function* problems(database: Database, callIn: (region: string, account?: string) => Call): Generator<string> {
  for (const secret of selectSecrets.all(database)) yield* problemsOf(callIn(secret.region, secret.account), secret);
  for (const { secret, version_id } of selectOrphans.all(database)) {
    yield `version ${version_id} belongs to "${secret}", which is not there`;
  }
}

function* problemsOf(call: Call, secret: SecretRow): Generator<string> {
  const said = `secret "${secret.name}" in ${secret.region}`;
  yield* refusal(`${said}: its tags cannot be read`, () => tagsOf(secret));
  const versions = selectVersionIds.all(call.database, secret.arn);
  for (const { version_id } of versions) {
    if (!hasValue(selectVersion.get(call.database, secret.arn, version_id)!)) continue;
    yield* refusal(`${said}: version ${version_id} does not open`, () =>
      openValue(call, secret, selectVersion.get(call.database, secret.arn, version_id)!),
    );
  }
  if (versions.length > 0 && !selectStage.get(call.database, secret.arn, current)) {
    yield `${said}: none of its versions is ${current}`;
  }
}

function* refusal(problem: string, work: () => unknown): Generator<string> {
  try {
    work();
  } catch {
    yield problem;
  }
}
