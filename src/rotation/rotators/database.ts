import { UserError } from '../../errors.ts';
import type { Rotator } from '../rotator.ts';
import { alternatingUsers } from './alternating.ts';
import { databaseSecret, type Family, familyOf } from './database-secret.ts';
import type { Engine } from './engine.ts';
import { singleUser } from './single-user.ts';

/** Drivers are big, and each is loaded when its server is to be spoken to. */
const engines: Record<Family, () => Promise<Engine>> = {
  postgres: async () => (await import('./postgres.ts')).postgres,
  mysql: async () => (await import('./mysql.ts')).mysqlEngine,
};

/** By name: which servers, and whether two users take turns. */
export const databaseRotators: Record<string, { readonly family: Family; readonly alternates: boolean }> = {
  postgres: { family: 'postgres', alternates: false },
  'postgres-alternating': { family: 'postgres', alternates: true },
  mysql: { family: 'mysql', alternates: false },
  'mysql-alternating': { family: 'mysql', alternates: true },
};

/**
 * The rotator for a database secret, by name or by the value: two users take turns where it names an administrator's
 * secret. Throws code `usage`.
 */
export async function databaseRotator(value: string, wanted?: string): Promise<Rotator> {
  const secret = databaseSecret(value, 'the value');
  const family = familyOf(secret);
  const name = wanted ?? (secret.masterarn === undefined ? family : `${family}-alternating`);
  const rotator = databaseRotators[name]!;
  if (rotator.family !== family) {
    throw new UserError('usage', `the rotator "${name}" is not for the engine "${secret.engine}"`);
  }
  if (rotator.alternates && secret.engine === 'redshift') {
    throw new UserError('usage', 'two users cannot take turns on Redshift, where no user has the rights of another', {
      hints: ['rotate with a single user: --rotator postgres', 'or with a program of your own: -- COMMAND'],
    });
  }
  const engine = await engines[family]();
  return rotator.alternates ? alternatingUsers(name, engine) : singleUser(name, engine);
}
