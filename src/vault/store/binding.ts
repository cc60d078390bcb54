import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { VaultError } from '../errors.ts';

/** What both SQLite bindings share; nothing else of them is used. */
export interface Connection {
  exec(sql: string): void;
  prepare(sql: string): Prepared;
  close(): void;
}

export type Value = null | number | bigint | string | Uint8Array;

export interface Prepared {
  run(...values: Value[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  get(...values: Value[]): unknown;
  all(...values: Value[]): unknown[];
}

type Binding = { DatabaseSync: new (path: string, options?: { readOnly?: boolean }) => Connection };

/** Node's own SQLite where there is one (22.13 and later), else the packaged build of the same API. */
export function openConnection(path: string, options: { readOnly?: boolean } = {}): Connection {
  const { DatabaseSync } = load();
  return new DatabaseSync(path, options);
}

function load(): Binding {
  const require = createRequire(typeof __filename === 'string' ? __filename : import.meta.url);
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 13)) return withoutExperimentalWarning(() => require('node:sqlite'));
  return prebuilt(require) ?? fromPackage(require);
}

const packaged = '@photostructure/sqlite';

/** The addon itself: the package in front of it would look for it for 4 ms, and Node for the package as long again. */
function prebuilt(require: NodeJS.Require): Binding | undefined {
  const addon = `${packaged}/prebuilds/${process.platform}-${process.arch}/@photostructure+sqlite.glibc.node`;
  const file = require.resolve
    .paths(packaged)
    ?.map((folder) => path.join(folder, addon))
    .find((one) => fs.existsSync(one));
  if (!file) return undefined;
  const module = { exports: {} as Binding };
  try {
    process.dlopen(module, file);
    return module.exports;
  } catch {
    return undefined; // another C library: the package knows which addon is for it
  }
}

function fromPackage(require: NodeJS.Require): Binding {
  try {
    return require(packaged);
  } catch (error) {
    throw new VaultError(
      'no-sqlite',
      `a vault needs SQLite: Node 22.13 has it, Node ${process.versions.node} needs "${packaged}"`,
      error,
    );
  }
}

function withoutExperimentalWarning<T>(load: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
