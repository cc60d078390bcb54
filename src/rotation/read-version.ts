import { UserError } from '../errors.ts';
import type { Secret } from './labels.ts';
import type { Version } from './rotator.ts';
import { seen } from './seen.ts';

/** A version's value; undefined for one that has none yet: a rotation by RotateSecret begins with such a one. */
export async function findVersion({ client, arn }: Secret, id: string): Promise<Version | undefined> {
  try {
    const { SecretString, Name } = await client.getSecretValue({ SecretId: arn, VersionId: id });
    if (SecretString === undefined) throw binary(Name!);
    return { id, value: SecretString };
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** The same of one that is there for certain, if not to be seen yet. */
export const readVersion = (secret: Secret, id: string): Promise<Version> =>
  seen(`version ${id}`, () => findVersion(secret, id));

const binary = (name: string) =>
  new UserError('usage', `the value of secret "${name}" is binary, and only text can be rotated`, {
    hints: [`see "latchkey secret get ${name}"`],
  });
