import type { Schema } from '../../src/vault/store/format.ts';
/** Rooms of the vault alone: their tables in a database of their own, and calls as operations are given them. */
export declare function openRooms(...schemas: Schema[]): {
  database: import('../../src/vault/store/database.ts').Database;
  callIn: (region: string) => import('../../src/vault/operation.ts').Call;
};
