import { openConnection } from '../../vault/store/binding.ts';

/** Of the SQLite that a vault would be opened with. Throws a `VaultError` where there is none. */
export function sqliteVersion(): string {
  const connection = openConnection(':memory:');
  try {
    return (connection.prepare('SELECT sqlite_version() AS version').get() as { version: string }).version;
  } finally {
    connection.close();
  }
}
