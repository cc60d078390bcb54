import { type Database, openDatabase, statement } from './store/database.ts';
import { formatVersion, upgrade } from './store/format.ts';
import { type Header, readHeader } from './store/header.ts';
import { migrations } from './vault.ts';

/** What a vault's file says of itself without its key. */
export interface Inspection {
  readonly header: Header;
  readonly formatVersion: number;
  /** How many items there are, by Region. */
  readonly contents: Contents[];
}

interface Contents {
  region: string;
  secrets: number;
  parameters: number;
  keys: number;
}

const countItems = statement<Contents>(`
  SELECT region, sum(secrets) AS secrets, sum(parameters) AS parameters, sum(keys) AS keys FROM (
    SELECT region, 1 AS secrets, 0 AS parameters, 0 AS keys FROM secrets
    UNION ALL SELECT region, 0, 1, 0 FROM parameters
    UNION ALL SELECT region, 0, 0, 1 FROM kms_keys
  ) GROUP BY region ORDER BY region
`);

/** Throws a `VaultError` for a file that is no vault, is damaged, or is from a newer version. */
export function inspectVault(file: string): Inspection {
  const database = openDatabase(file);
  try {
    upgrade(database, migrations);
    return database.transaction('read', () => inspect(database));
  } finally {
    database.close();
  }
}

const inspect = (database: Database): Inspection => ({
  header: readHeader(database),
  formatVersion: formatVersion(database),
  contents: countItems.all(database).map((row) => ({ ...row })),
});
