import type { Call } from '../operation.ts';
import type { Database } from '../store/database.ts';
import { selectEveryVersion, selectStrayLabels, selectWithoutVersion } from './rows.ts';
import { openValue } from './values.ts';

/** Opens the value of every version, and looks for parameters that have lost theirs; says in words what is wrong. */
export function* problems(database: Database, callIn: (region: string, account?: string) => Call): Generator<string> {
  for (const row of selectEveryVersion.all(database)) {
    try {
      openValue(callIn(row.region, row.account), row);
    } catch {
      yield `parameter "${row.name}" in ${row.region}: version ${row.version} does not open`;
    }
  }
  for (const { region, name, label, version } of selectStrayLabels.all(database)) {
    yield `parameter "${name}" in ${region}: label "${label}" is on version ${version}, which is not there`;
  }
  for (const { region, name } of selectWithoutVersion.all(database)) {
    yield `parameter "${name}" in ${region}: its newest version is not there`;
  }
}
