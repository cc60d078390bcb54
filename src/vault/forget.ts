import { type Database, statement } from './store/database.ts';

const selectTables = statement<{ name: string }>(
  "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
);

/** What a vault is, and who may call it; the rest is what it holds. */
const kept = ['header', 'access_keys'];

/** Takes everything out of a vault: what it is, its key, and who may call it stay. */
export function forget(database: Database): void {
  database.transaction('write', () => {
    const tables = selectTables.all(database).filter(({ name }) => !kept.includes(name));
    database.exec('PRAGMA defer_foreign_keys = ON');
    database.exec(tables.map(({ name }) => `DELETE FROM ${name};`).join('\n'));
  });
}
