import type { SecretsManager } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import type { SecretReference } from '../../reference/reference.ts';

/** The key that a verb is to change, of the version that is current. Throws code `usage`, with a hint for the whole secret `ID`. */
export function oneKey(reference: SecretReference, text: string, otherwise: string) {
  const { where, id, key } = current(reference, text);
  if (key) return { where, id, key };
  throw new UserError('usage', `expected one key of a secret, as NAME#KEY, got "${text}"`, {
    hints: [otherwise.replace('ID', id)],
  });
}

/** For verbs that store a new version, which only the current one can come before. Throws code `usage`. */
export function current({ where, id, key, stage, versionId }: SecretReference, text: string) {
  if (stage === undefined && versionId === undefined) return { where, id, key };
  throw new UserError('usage', `only the current version can be changed, got "${text}"`, {
    hints: [`name ${key ? `the key alone: "${id}#${key}"` : `the secret alone: "${id}"`}`],
  });
}

/** The current value, which is to be a JSON object or list, and its version's id. Throws code `usage` for any other. */
export async function readJson(client: SecretsManager, id: string): Promise<{ json: string; version: string }> {
  const { SecretString, VersionId } = await client.getSecretValue({ SecretId: id, VersionStage: 'AWSCURRENT' });
  if (SecretString !== undefined && isContainer(SecretString)) return { json: SecretString, version: VersionId! };
  throw new UserError('usage', `secret "${id}" is not a JSON object or list, so it has no keys`, {
    hints: [`nothing was changed; to replace the whole value: "latchkey secret put ${id}"`],
  });
}

function isContainer(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null;
  } catch {
    return false;
  }
}
