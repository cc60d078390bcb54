import type { SecretsManager } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import { day } from '../day.ts';

interface Details {
  /** What else there is to do than to bring it back. */
  hints?: string[];
  cause?: unknown;
}

/** Code `conflict`: when the secret goes, and how to keep it. */
export function scheduledForDeletion(name: string, date: Date, { hints = [], cause }: Details = {}): UserError {
  return new UserError('conflict', `secret "${name}" is scheduled for deletion on ${day(date)}`, {
    hints: [`bring it back with "latchkey secret restore ${name}"`, ...hints],
    cause,
  });
}

/** The answer to a call on secret `id`. AWS says of a deleted secret only that it is; this says when it goes. */
export async function explainDeletion<T>(
  client: SecretsManager,
  id: string,
  answer: Promise<T>,
  hints?: string[],
): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!maySpeakOfDeletion(error)) throw error;
    const found = await client.describeSecret({ SecretId: id }).catch(() => undefined);
    if (found?.DeletedDate) throw scheduledForDeletion(found.Name ?? id, found.DeletedDate, { hints, cause: error });
    throw error;
  }
}

/** Stand-ins for AWS say of a name that is scheduled that it exists. */
export const maySpeakOfDeletion = (error: unknown): boolean =>
  /^(InvalidRequest|ResourceExists)Exception$/.test((error as Error).name);
