import type { Database } from '../store/database.ts';
import type { Sealer } from '../store/sealing.ts';
import { bindingOf } from './access-keys.ts';
import { selectAccessKeys } from './rows.ts';

/** Opens the secret half of every access key; says in words what is wrong. */
export function* problems(database: Database, sealer: Sealer): Generator<string> {
  for (const { access_key_id: id, secret } of selectAccessKeys.all(database)) {
    try {
      sealer.open(bindingOf(id), secret);
    } catch {
      yield `access key "${id}" does not open`;
    }
  }
}
