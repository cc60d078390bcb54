import type { SecretsManager } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import { doEach } from '../fates.ts';
import { explainDeletion } from '../secret/deletion.ts';
import { replaceCurrent } from '../secret/replace-current.ts';
import { secretValue } from '../secret/secret-value.ts';
import { byName, bytesOf, type Change, isStillToDo, type Writing } from './changes.ts';
import { readCurrent } from './write-secret.ts';

/** Days in which a secret that was removed can still be restored. */
const recoveryDays = 30;

interface Place {
  readonly client: SecretsManager;
  readonly path: string;
}

/** Changes the secrets below a path, each for itself: makes them, gives them a new version, schedules them for deletion. */
export async function writeSecretTree(
  terminal: Terminal,
  { client, path }: Place,
  changes: readonly Change[],
  writing: Writing,
): Promise<void> {
  const known = byName(writing.before);
  await doEach(terminal, {
    items: changes,
    said: ({ name }) => `"${path}${name}"`,
    work: (change) => explainDeletion(client, path + change.name, one(change)),
  });

  async function one({ name, entry }: Change): Promise<unknown> {
    const id = path + name;
    const there = await readCurrent(client, id);
    const now = there && { name, value: there.SecretBinary ?? there.SecretString! };
    // A secret as a whole has no JSON type.
    const change = { name, entry: entry && { name, value: entry.value } };
    if (!isStillToDo({ said: `secret "${id}"`, before: known.get(name), now, change })) return undefined;
    if (!entry) return client.deleteSecret({ SecretId: id, RecoveryWindowInDays: recoveryDays });
    const value = secretValue(bytesOf(entry.value));
    if (there) return replaceCurrent(client, { id, value, expected: there.VersionId! });
    return client.createSecret({ Name: id, ...value, KmsKeyId: writing.kmsKey, Tags: writing.tags });
  }
}
