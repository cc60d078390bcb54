import { UserError } from '../../errors.ts';
import { parseSecret, type SecretReference } from '../../reference/reference.ts';

/** What `text` names, for a verb that takes a secret and not one version or key of it. Throws code `usage`. */
export function wholeSecret(text: string, hints?: string[]): Pick<SecretReference, 'where' | 'id'> {
  const { where, id, stage, versionId, key } = parseSecret(text, {});
  if (stage === undefined && versionId === undefined && key === undefined) return { where, id };
  const part = key === undefined ? 'version' : 'key';
  throw new UserError('usage', `expected a whole secret, got one ${part} of it: "${text}"`, {
    hints: hints ?? [`name the secret alone: "${id}"`],
  });
}
