import { randomBytes } from 'node:crypto';
import { callOf } from '../../src/vault/call.ts';
import { rootOf } from '../../src/vault/caller.ts';
import { openDatabase } from '../../src/vault/store/database.ts';
import type { Schema } from '../../src/vault/store/format.ts';
import { sealerOf } from '../../src/vault/store/sealing.ts';
import { account } from './service.ts';

/** Rooms of the vault alone: their tables in a database of their own, and calls as operations are given them. */
export function openRooms(...schemas: Schema[]) {
  const database = openDatabase(':memory:');
  for (const schema of schemas) database.exec(schema.join('\n'));
  const place = { ...rootOf(account), now: new Date(), sealer: sealerOf(randomBytes(32)), later: [] };
  return { database, callIn: (region: string, of = database) => callOf({ ...place, database: of, region }) };
}
