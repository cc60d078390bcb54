import type { GetSecretValueResponse, SecretsManager } from '../../aws/services.ts';
import type { SecretReference } from '../../reference/kinds.ts';
import { explainDeletion } from '../secret/deletion.ts';
import { current } from '../secret/one-key.ts';
import { replaceCurrent } from '../secret/replace-current.ts';
import { secretValue } from '../secret/secret-value.ts';
import { bytesOf, type Change, isStillToDo, type Writing } from './changes.ts';
import { editKeys, isWhole, newKeys } from './edit-keys.ts';

/** Changes one secret, its keys or its whole value, in one new version; makes it where there is none. */
export async function writeSecret(
  client: SecretsManager,
  reference: SecretReference,
  changes: readonly Change[],
  writing: Writing,
): Promise<void> {
  const { id, key } = current(reference, reference.id);
  const there = await explainDeletion(client, id, readCurrent(client, id));
  if (!there) return createSecret(client, { id, key }, changes, writing);
  const bytes = bytesOf(there.SecretBinary ?? there.SecretString!);
  const edited = edit(bytes, { id, key }, changes, writing);
  if (Buffer.compare(edited, bytes) === 0) return;
  await replaceCurrent(client, { id, value: secretValue(edited), expected: there.VersionId! });
}

/** The current version; undefined where there is no secret of this name. */
export async function readCurrent(client: SecretsManager, id: string): Promise<GetSecretValueResponse | undefined> {
  try {
    return await client.getSecretValue({ SecretId: id, VersionStage: 'AWSCURRENT' });
  } catch (error) {
    if ((error as Error).name !== 'ResourceNotFoundException' || id.startsWith('arn:')) throw error;
    return undefined;
  }
}

interface One {
  readonly id: string;
  readonly key: string | undefined;
}

function edit(bytes: Uint8Array, { id, key }: One, changes: readonly Change[], writing: Writing): Uint8Array {
  const said = `secret "${id}"`;
  if (key !== undefined || !isWhole(writing, changes, said)) {
    return Buffer.from(editKeys(Buffer.from(bytes).toString(), changes, writing, { said, under: key }));
  }
  const [change] = changes;
  const now = { name: '', value: bytes };
  const isToDo = isStillToDo({ said, before: writing.before.entries[0], now, change: change! });
  return isToDo && change?.entry ? bytesOf(change.entry.value) : bytes;
}

async function createSecret(client: SecretsManager, one: One, changes: readonly Change[], writing: Writing) {
  const { id, key } = one;
  const { kmsKey, tags } = writing;
  const bytes = key === undefined ? firstValue(id, changes, writing) : edit(Buffer.from('{}'), one, changes, writing);
  await client.createSecret({ Name: id, ...secretValue(bytes), KmsKeyId: kmsKey, Tags: tags });
}

function firstValue(id: string, changes: readonly Change[], writing: Writing): Uint8Array {
  const isOne = isWhole(writing, changes, `secret "${id}"`);
  return isOne ? bytesOf(changes[0]!.entry!.value) : Buffer.from(newKeys(changes));
}
