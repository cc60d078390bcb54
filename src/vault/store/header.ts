import { VaultError } from '../errors.ts';
import { type Database, statement } from './database.ts';
import type { Schema } from './format.ts';
import { type Derivation, isDerivation } from './root-key.ts';

/** What a vault says about itself before it is unlocked. */
export interface Header {
  readonly id: string;
  readonly account: string;
  readonly created: Date;
  readonly derivation: Derivation;
  /** The master key, wrapped by the root key. */
  readonly masterKey: Uint8Array;
  /** The master key, wrapped by the recovery key; null where there is none. */
  readonly recovery: Uint8Array | null;
}

interface HeaderRow {
  id: string;
  account: string;
  created: number;
  derivation: string;
  master_key: Uint8Array;
  recovery: Uint8Array | null;
}

const format1 = `
  CREATE TABLE header (
    id TEXT NOT NULL,            -- UUID
    account TEXT NOT NULL,       -- 12 digits
    created INTEGER NOT NULL,    -- milliseconds since 1970
    derivation TEXT NOT NULL,    -- JSON: how the root secret becomes the root key
    master_key BLOB NOT NULL     -- wrapped by the root key
  ) STRICT;
`;

const format2 = `
  ALTER TABLE header ADD COLUMN recovery BLOB;   -- the master key once more, wrapped by the recovery key; null: none
`;

export const headerSchema: Schema = [format1, format2];

const select = statement<HeaderRow>('SELECT * FROM header');
const insert = statement(
  'INSERT INTO header (id, account, created, derivation, master_key, recovery) VALUES (?, ?, ?, ?, ?, ?)',
);
const update = statement('UPDATE header SET derivation = ?, master_key = ?, recovery = ? WHERE master_key = ?');

export function writeHeader(database: Database, header: Header): void {
  const { id, account, created, derivation, masterKey, recovery } = header;
  insert.run(database, id, account, created.getTime(), JSON.stringify(derivation), masterKey, recovery);
}

type Keys = Pick<Header, 'derivation' | 'masterKey' | 'recovery'>;

/** Puts other keys in front of the same vault. Throws a `VaultError` when somebody has done so since `before` was read. */
export function replaceKeys(database: Database, before: Header, change: Partial<Keys>): void {
  const { derivation, masterKey, recovery } = { ...readHeader(database), ...change };
  const { changes } = update.run(database, JSON.stringify(derivation), masterKey, recovery, before.masterKey);
  if (Number(changes) === 1) return;
  throw new VaultError('moved', 'somebody else has changed the key of this vault meanwhile');
}

/** Throws a `VaultError` when there is no header, or it is not as `writeHeader` writes it. */
export function readHeader(database: Database): Header {
  const [row] = select.all(database);
  const derivation = row && parse(row.derivation);
  const isWhole = typeof row?.id === 'string' && /^\d{12}$/.test(row.account) && row.master_key instanceof Uint8Array;
  if (!isWhole || !isDerivation(derivation)) throw new VaultError('damaged', 'the header of the vault is damaged');
  const { id, account, created, master_key: masterKey, recovery } = row;
  return { id, account, created: new Date(created), derivation, masterKey, recovery };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
