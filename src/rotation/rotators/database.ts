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

/** The rotator for a database secret: two users take turns where it names an administrator's secret. */
export async function databaseRotator(value: string, strategy?: 'single' | 'alternating'): Promise<Rotator> {
  const secret = databaseSecret(value, 'the value');
  const family = familyOf(secret);
  const engine = await engines[family]();
  const alternates = strategy ? strategy === 'alternating' : secret.masterarn !== undefined;
  return alternates ? alternatingUsers(`${family}-alternating`, engine) : singleUser(family, engine);
}
