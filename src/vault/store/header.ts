import { VaultError } from '../errors.ts';
import { type Database, statement } from './database.ts';
import type { Derivation } from './root-key.ts';

/** What a vault says about itself before it is unlocked. */
export interface Header {
  readonly id: string;
  readonly account: string;
  readonly created: Date;
  readonly derivation: Derivation;
  /** The master key, wrapped by the root key. */
  readonly masterKey: Uint8Array;
}

interface HeaderRow {
  id: string;
  account: string;
  created: number;
  derivation: string;
  master_key: Uint8Array;
}

export const headerSchema = `
  CREATE TABLE header (
    id TEXT NOT NULL,            -- UUID
    account TEXT NOT NULL,       -- 12 digits
    created INTEGER NOT NULL,    -- milliseconds since 1970
    derivation TEXT NOT NULL,    -- JSON: how the root secret becomes the root key
    master_key BLOB NOT NULL     -- wrapped by the root key
  ) STRICT;
`;

const select = statement<HeaderRow>('SELECT * FROM header');
const insert = statement('INSERT INTO header (id, account, created, derivation, master_key) VALUES (?, ?, ?, ?, ?)');

export function writeHeader(database: Database, { id, account, created, derivation, masterKey }: Header): void {
  insert.run(database, id, account, created.getTime(), JSON.stringify(derivation), masterKey);
}

export function readHeader(database: Database): Header {
  try {
    const row = select.get(database)!;
    return {
      id: row.id,
      account: row.account,
      created: new Date(row.created),
      derivation: JSON.parse(row.derivation),
      masterKey: row.master_key,
    };
  } catch (error) {
    if (error instanceof VaultError) throw error;
    throw new VaultError('damaged', 'the header of the vault is damaged', error);
  }
}
