import type { SecretsManager } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import { day } from '../day.ts';

/** Code `conflict`: when the secret goes, and how to keep it. */
export function scheduledForDeletion(name: string, date: Date, cause?: unknown): UserError {
  return new UserError('conflict', `secret "${name}" is scheduled for deletion on ${day(date)}`, {
    hints: [`bring it back with "latchkey secret restore ${name}"`],
    cause,
  });
}

/** The answer to a call on secret `id`. AWS says of a deleted secret only that it is; this says when it goes. */
export async function explainDeletion<T>(client: SecretsManager, id: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if ((error as Error).name !== 'InvalidRequestException') throw error;
    const found = await client.describeSecret({ SecretId: id }).catch(() => undefined);
    if (found?.DeletedDate) throw scheduledForDeletion(found.Name ?? id, found.DeletedDate, error);
    throw error;
  }
}
