import type { Database } from '../store/database.ts';
import type { Sealer } from '../store/sealing.ts';
import { openSecret } from './access-keys.ts';
import { selectAccessKeys } from './rows.ts';

/** Opens the secret half of every access key; says in words what is wrong. */
export function* problems(database: Database, sealer: Sealer): Generator<string> {
  for (const row of selectAccessKeys.all(database)) {
    if (openSecret(sealer, row) === undefined) yield `access key "${row.access_key_id}" does not open`;
  }
}
